using Sigma.Simulator.Segware;

namespace Sigma.Simulator.ChatPro;

internal sealed class ChatProTokenCheck(SimulatorOptions options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (options.ChatProInstanceId is { } only && !only.Equals(http.GetRouteValue("instanceId") as string, StringComparison.Ordinal))
        {
            return ChatProEndpoints.Error(StatusCodes.Status404NotFound, "Instance not found", "Not Found");
        }

        return SegwareTokenCheck.Same(http.Request.Headers.Authorization.ToString(), options.ChatProToken)
            ? await next(context)
            : ChatProEndpoints.Error(StatusCodes.Status401Unauthorized, "Unauthorized", "Unauthorized");
    }
}
