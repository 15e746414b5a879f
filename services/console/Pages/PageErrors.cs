using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Sigma.OperatorConsole.Access;

namespace Sigma.OperatorConsole.Pages;

/// <summary>Has what goes wrong with a page said as a page. The APIs, health and metrics say it in their own ways.</summary>
internal static class PageErrors
{
    static readonly string[] Others = ["/api", "/internal", "/health", "/metrics", "/assets", "/openapi", "/_blazor", "/_framework"];

    public static void Use(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PageErrors));
        app.Use((http, next) => IsPage(http.Request) ? Answer(http, next, log) : next(http));
    }

    static bool IsPage(HttpRequest request) => !Array.Exists(Others, other => request.Path.StartsWithSegments(other));

    static async Task Answer(HttpContext http, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            var status = StatusOf(e);
            if (status >= StatusCodes.Status500InternalServerError)
                log.LogError(e, "A page cannot be made: {Path}", http.Request.Path);
            await Show(http, status);
            return;
        }
        if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound, ContentType: null, ContentLength: null })
            await Show(http, StatusCodes.Status404NotFound);
    }

    // In a scope of its own: what was half made in the request's is not used again.
    static async Task Show(HttpContext http, int status)
    {
        http.Response.Clear();
        var before = http.RequestServices;
        await using var scope = before.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        // A form that was refused is not read.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        http.Request.ContentType = null;
        try
        {
            await new RazorComponentResult<App>(new Dictionary<string, object?> { [nameof(App.Fault)] = status }) { StatusCode = status }
                .ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = before;
        }
    }

    static int StatusOf(Exception exception) => exception switch
    {
        ForbiddenException => StatusCodes.Status403Forbidden,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };
}
