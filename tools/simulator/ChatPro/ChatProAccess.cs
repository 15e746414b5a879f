using Sigma.Simulator.Segware;

namespace Sigma.Simulator.ChatPro;

internal sealed class ChatProAccess(SimulatorOptions options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (options.ChatProInstanceId is { } only && !only.Equals(http.GetRouteValue("instanceId") as string, StringComparison.Ordinal))
        {
            return ChatProApi.Error(StatusCodes.Status404NotFound, "Instance not found", "Not Found");
        }

        return SegwareAccess.Same(http.Request.Headers.Authorization.ToString(), options.ChatProToken)
            ? await next(context)
            : ChatProApi.Error(StatusCodes.Status401Unauthorized, "Unauthorized", "Unauthorized");
    }
}
