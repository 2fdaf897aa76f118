// Files can be dropped, and the page of a job follows it. Without scripts: a file field, and a page that comes again.
const form = document.querySelector(".drop");
if (form) {
  const field = form.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"])
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

const section = document.querySelector("#job[data-job]");
if (section) {
  const events = new EventSource(`/api/v1/jobs/${section.dataset.job}/events`);
  const refresh = async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#job");
    section.replaceChildren(...fresh.childNodes);
  };
  events.addEventListener("progress", refresh);
  events.addEventListener("end", () => { events.close(); refresh(); });
}
