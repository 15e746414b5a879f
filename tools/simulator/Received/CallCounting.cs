using Sigma.Simulator.Faults;
using Sigma.Simulator.Vendors;

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
        var counted = false;
        context.Response.OnStarting(() =>
        {
            // Before the client can see the answer, so that whoever got one finds its call counted.
            if (!FaultInjection.BreaksOff(context))
            {
                Count(context.Response.StatusCode);
            }

            return Task.CompletedTask;
        });

        try
        {
            await next(context);
        }
        finally
        {
            if (!counted && (FaultInjection.BreaksOff(context) || context.RequestAborted.IsCancellationRequested))
            {
                Count(status: null);
            }
        }

        void Count(int? status)
        {
            counted = true;
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Mask.Path(request.Path.Value!);
            received.Add(new ReceivedCall(at, request.Method, route, request.Path, request.QueryString.ToString(), status,
                FaultInjection.StruckBy(context)));
        }
    }

    internal static bool IsOfTheApis(PathString path) =>
        path != "/" && !path.StartsWithSegments("/_sim") && !path.StartsWithSegments("/health") && path != "/favicon.ico";
}
