using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using Sigma.OperatorConsole.Access.Http;
using Sigma.OperatorConsole.Access.Sessions;

namespace Sigma.OperatorConsole.Api;

/// <summary>The description of the API for programs and for those who write them, at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    const string Name = "v1", Token = "token", Session = "session";

    static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["AcknowledgeAlert"] = """{ "comment": "Estou ligando para o cliente." }""",
        ["AcknowledgeAlerts"] = """{ "alerts": ["0193a1b2-3c4d-7e5f-8a9b-0c1d2e3f4a5b"], "comment": "Chuva na região." }""",
        ["CommentAlert"] = """{ "comment": "O cliente diz que é o sensor da garagem." }""",
        ["AssignAlert"] = """{ "to": "ana", "comment": "Turno da noite." }""",
        ["SnoozeAlert"] = """{ "until": "2026-12-01T08:00:00Z", "comment": "Técnico a caminho." }""",
        ["CloseAlert"] = """{ "comment": "Sensor trocado." }""",
        ["SaveView"] = """{ "name": "Noite", "query": "severity=critical&group=account&keep=yes" }""",
    };

    // Its script makes its own styles, which are no script of anybody's.
    static readonly ContentPolicy PageOfDocument = new(string.Join("; ",
        "default-src 'none'", $"script-src 'self' 'nonce-{ContentPolicy.Nonce}'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:",
        "connect-src 'self'", "font-src 'self' data:", "form-action 'self'", "base-uri 'self'", "frame-ancestors 'none'"));

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
    });

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        // The page's script is served here, from the package; what it would fetch from elsewhere is off, and the policy lets nothing of it through.
        app.MapScalarApiReference("/openapi", options =>
        {
            options.Title = "Sigma Cloud Events Tracker";
            options.OpenApiRoutePattern = "/openapi/{documentName}.json";
            options.DefaultFonts = false;
            options.WithNonce().DisableTelemetry().DisableAgent().DisableMcp();
        }).WithMetadata(PageOfDocument);
    }

    static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Sigma Cloud Events Tracker", Version = "1",
            Description = "What is raised and was raised, and what is done about it. All that is wrong is said as problem details (RFC 9457). Lists "
                + "come in pages: next is said as after to go on. Times are UTC. Who is limited to a part sees, counts and exports that part alone.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Token] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token that an administrator has made: Authorization: Bearer sct_…",
        };
        document.Components.SecuritySchemes[Session] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = SessionCookie.Name,
            Description = "Who is signed in to the pages.",
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Session, document)] = [] },
        ];
    }

    // Whatever is asked for, these can be the answer.
    static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "Nobody is signed in, or the token is wrong, expired or revoked." });
        operation.Responses.TryAdd("429", new OpenApiResponse { Description = "Too many at once: try again in a moment." });
        if (operation.OperationId is { } id && Examples.TryGetValue(id, out var example)
            && operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true)
            body.Example = JsonNode.Parse(example);
        if (context.Description.HttpMethod == HttpMethods.Post && context.Description.RelativePath?.StartsWith("api/v1/alerts/",
            StringComparison.Ordinal) == true)
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = "Idempotency-Key", In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = "A UUID, or any text of at most 200 characters, that is used for one command alone.",
                Example = "0b0c1f6e-3f0e-4c53-9d55-0d8f0f8f6a11",
            });
    }
}
