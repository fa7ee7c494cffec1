-- The function's name is the hook's name in manifest.json.
function MyPre(request, session, spec)
  request.set_headers["X-Plugin"] = "{{name}}"
  return request, session
end
