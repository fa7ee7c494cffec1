// The variable's name is the hook's name in manifest.json.
var pre = new TykJS.TykMiddleware.NewMiddleware({});

pre.NewProcessRequest(function (request, session) {
  request.SetHeaders["X-Plugin"] = "{{name}}";
  return pre.ReturnData(request, {});
});
