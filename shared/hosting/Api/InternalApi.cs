using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sigma.Hosting.Api;

/// <summary>
/// The internal HTTP API: what a service answers to the console and to other services, below <c>/internal</c> and its name. Who asks must have the
/// key, whatever is wrong is said as problem details, and the limits are each endpoint's, as of all others.
/// </summary>
public static class InternalApi
{
    const string Root = "/internal";

    /// <summary>Adds endpoints below <c>/internal</c> and the name of a service.</summary>
    /// <param name="service">What is composed.</param>
    /// <param name="name">The service that answers, for example <c>evaluator</c>: several may share a process.</param>
    /// <param name="json">How its bodies are read and written, if it has types of its own.</param>
    /// <param name="map">Adds them.</param>
    public static ServiceBuilder Api(this ServiceBuilder service, string name, JsonSerializerContext? json, Action<IEndpointRouteBuilder> map)
    {
        if (json is not null)
            service.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, json));
        return service.Endpoints(app =>
        {
            if (app.ServiceProvider.GetRequiredService<ApiKey>().IsSet)
                map(app.MapGroup($"{Root}/{name}"));
        });
    }

    internal static IServiceCollection AddInternalApi(this IServiceCollection services) => services
        .AddSingleton<ApiKey>()
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true) // with the reason
        .ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            // What is misspelt, missing or said twice is refused, not guessed.
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
            options.SerializerOptions.RespectNullableAnnotations = true;
        });

    /// <summary>Before anything is read of a request, and before it takes one of the places that an endpoint's limits give.</summary>
    internal static void UseInternalApi(this WebApplication app)
    {
        var key = app.Services.GetRequiredService<ApiKey>();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(InternalApi));
        app.Use(async (http, next) =>
        {
            // By the path: what is not found, or cannot be read, is not told to strangers either.
            if (!key.IsSet || !http.Request.Path.StartsWithSegments(Root))
                await next(http);
            else if (!key.IsWith(http.Request))
            {
                http.Response.Headers.WWWAuthenticate = "Bearer";
                await Problems.Of(StatusCodes.Status401Unauthorized, "The key of the internal API is missing or wrong.").ExecuteAsync(http);
            }
            else
                await Answer(http, next, log);
        });
    }

    static async Task Answer(HttpContext http, RequestDelegate next, ILogger log)
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await Problem(e, log).ExecuteAsync(http);
        }
        // Too many requests, or too long an answer: the limits say no more than the number.
        if (http.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null } empty)
            await Problems.Of(empty.StatusCode, null).ExecuteAsync(http);
    }

    static IResult Problem(Exception e, ILogger log)
    {
        switch (e)
        {
            case BadHttpRequestException { InnerException: JsonException json }:
                return Problems.Of(StatusCodes.Status400BadRequest, $"The body cannot be read: {json.Message}");
            case BadHttpRequestException bad:
                return Problems.Of(bad.StatusCode, bad.Message);
            case DbException or TimeoutException:
                log.LogWarning("A question to the internal API cannot be answered: {Reason}", e.Message);
                return Problems.Of(StatusCodes.Status503ServiceUnavailable,
                    e is DbException ? "The database does not answer." : "The broker does not answer.");
            default:
                log.LogError(e, "A question to the internal API failed");
                return Problems.Of(StatusCodes.Status500InternalServerError, "Something went wrong; the service's log says what.");
        }
    }
}
