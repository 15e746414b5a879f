using Sigma.Hosting.Api;

namespace Sigma.OperatorConsole.Access.Http;

/// <summary>Says what the services refuse as 403, whichever endpoint asked them.</summary>
internal static class Refusals
{
    public static async Task Answer(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (ForbiddenException e) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            await Problems.Of(StatusCodes.Status403Forbidden, e.Message).ExecuteAsync(http);
        }
    }
}
