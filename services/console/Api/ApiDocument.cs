using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
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

    const string Problem = "application/problem+json";

    // What a change of something may be made to depend on.
    static readonly string[] Conditional =
        ["PutRules", "PutRule", "SetRuleMode", "RollBackRule", "RemoveRule", "PutRoutes", "RollBackRoutes"];

    // Its script makes its own styles, which are no script of anybody's.
    static readonly ContentPolicy PageOfDocument = new(string.Join("; ",
        "default-src 'none'", $"script-src 'self' 'nonce-{ContentPolicy.Nonce}'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:",
        "connect-src 'self'", "font-src 'self' data:", "form-action 'self'", "base-uri 'self'", "frame-ancestors 'none'"));

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        // In one process with the gateway there are paths of its senders too; those have no names.
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true
            && description.ActionDescriptor.EndpointMetadata.OfType<IEndpointNameMetadata>().Any();
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context);
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
        operation.Summary = operation.Summary?.TrimEnd('.');
        var id = operation.OperationId ?? "";
        AddAnswers(operation, context);
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true && ApiExamples.All.TryGetValue(id, out var example))
            body.Example = JsonNode.Parse(example);
        if (context.Description.HttpMethod == HttpMethods.Post && context.Description.RelativePath?.StartsWith("api/v1/alerts/",
            StringComparison.Ordinal) == true)
            Header(operation, "Idempotency-Key", "A UUID, or any text of at most 200 characters, that is used for one command alone.",
                "0b0c1f6e-3f0e-4c53-9d55-0d8f0f8f6a11");
        if (id == "FollowAlerts")
            Header(operation, "Last-Event-ID", "The id of the last event that one has: what came since is told first.", "4711");
        if (!Conditional.Contains(id))
            return;
        Header(operation, "If-Match", "The revision, as ETag said it: changed by somebody else meanwhile, it is 412.", "\"7\"");
        Header(operation, "If-None-Match", "An asterisk: it must not be there yet.", "*");
    }

    static void AddAnswers(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        Add("401", "Nobody is signed in, or the token is wrong, expired or revoked.");
        Add("429", "Too many at once: try again in a moment.");
        Add("503", "The database, the broker or another service does not answer.");
        if (context.Description.HttpMethod != HttpMethods.Get)
            Add("403", "The role or the limits do not allow it, or it is asked by a session of the pages: a change wants a token.");
        if (operation.RequestBody is null)
            return;
        Add("400", "The body cannot be read.");
        Add("413", "The body is too long.");
        Add("415", "The body is not JSON.");

        void Add(string status, string description) => (operation.Responses ??= []).TryAdd(status, new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problem] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document) },
            },
        });
    }

    static void Header(OpenApiOperation operation, string name, string description, string example) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Description = description,
            Example = example,
        });

    // What is null is left out of answers. Where several things are wrong they are said one by one too.
    static void Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        foreach (var property in context.JsonTypeInfo.Properties)
            if (property.IsGetNullable)
                schema.Required?.Remove(property.Name);
        if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
            (schema.Properties ??= new Dictionary<string, IOpenApiSchema>())["faults"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array | JsonSchemaType.Null, Items = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = "What is wrong, one by one, where there may be several.",
            };
    }
}
