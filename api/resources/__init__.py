"""Lists that the service offers (a drop-in folder): one file a list.

A file offers `RESOURCE`, an `api.resource.Resource` called like the file. JSON, exports, documentation
and the typed rows of `/api/v1/<name>` follow from it. Lists of facts of one kind come from
`api.factlists.of_kind`.
"""
