using Microsoft.AspNetCore.Diagnostics;
using Sigma.OperatorConsole.Access;

namespace Sigma.OperatorConsole.Pages;

/// <summary>Has what goes wrong with a page said as a page. The APIs, health and metrics say it in their own ways.</summary>
internal static class PageErrors
{
    static readonly string[] Others = ["/api", "/internal", "/health", "/metrics", "/assets", "/openapi", "/_blazor"];

    public static void Use(WebApplication app) => app.UseWhen(http => IsPage(http.Request), pages => pages
        .UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/problem", StatusCodeSelector = StatusOf, SuppressDiagnosticsCallback = c => c.Exception is ForbiddenException,
            AllowStatusCode404Response = true,
        })
        .UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

    static bool IsPage(HttpRequest request) => !Others.Any(other => request.Path.StartsWithSegments(other));

    static int StatusOf(Exception exception) => exception switch
    {
        ForbiddenException => StatusCodes.Status403Forbidden,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };
}
