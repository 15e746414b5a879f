using System.Data.Common;
using System.Text.Json;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Api;

/// <summary>Says what is wrong with a request to the API as problem details, whichever endpoint found it.</summary>
internal static class ApiProblems
{
    static readonly PathString Api = "/api";

    public static void Use(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiProblems));
        app.Use((http, next) => http.Request.Path.StartsWithSegments(Api) ? Answer(http, next, log) : next(http));
    }

    static async Task Answer(HttpContext http, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Clear();
            await Problem(e, log).ExecuteAsync(http);
        }
        if (http.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null } empty)
            await Problems.Of(empty.StatusCode, null).ExecuteAsync(http);
    }

    static IResult Problem(Exception e, ILogger log)
    {
        switch (e)
        {
            case ForbiddenException:
                return Problems.Of(StatusCodes.Status403Forbidden, e.Message);
            case ServiceException service:
                return service.Faults.Count > 1 ? Problems.Refused(service.Faults, service.ApiStatus)
                    : Problems.Of(service.ApiStatus, service.Message);
            case BadHttpRequestException { InnerException: JsonException json }:
                return Problems.Of(StatusCodes.Status400BadRequest, $"The body cannot be read: {json.Message}");
            case BadHttpRequestException bad:
                return Problems.Of(bad.StatusCode, bad.Message);
            case DbException or TimeoutException or IOException:
                log.LogWarning("A question to the API cannot be answered: {Reason}", e.Message);
                return Problems.Of(StatusCodes.Status503ServiceUnavailable,
                    e is DbException ? "The database does not answer." : "A server that is needed does not answer.");
            default:
                log.LogError(e, "A question to the API failed");
                return Problems.Of(StatusCodes.Status500InternalServerError, "Something went wrong; the log of the console says what.");
        }
    }
}
