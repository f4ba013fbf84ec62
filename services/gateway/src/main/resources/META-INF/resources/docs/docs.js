SwaggerUIBundle({
  url: '/v3/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  tryItOutEnabled: true,
  // Each operation is found by its name; the schemas are shown where they are used.
  defaultModelsExpandDepth: -1,
  docExpansion: 'list',
  filter: true,
  // No badge: it would send the document to a server of others.
  validatorUrl: null,
});
