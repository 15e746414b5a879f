using Sigma.Simulator.Faults;

namespace Sigma.Simulator.Received;

internal sealed class CallCounting(RequestDelegate next, ReceivedLog received, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsOfTheApis(request.Path))
        {
            await next(context);
            return;
        }

        var at = clock.GetUtcNow();
        try
        {
            await next(context);
        }
        finally
        {
            var whole = !context.RequestAborted.IsCancellationRequested && !FaultInjection.BrokeOff(context);
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? request.Path;
            received.Add(new ReceivedCall(
                at, request.Method, route, request.Path, request.QueryString.ToString(), whole ? context.Response.StatusCode : null));
        }
    }

    internal static bool IsOfTheApis(PathString path) =>
        path != "/" && !path.StartsWithSegments("/_sim") && !path.StartsWithSegments("/health") && path != "/favicon.ico";
}
