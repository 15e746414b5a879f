namespace Sigma.Simulator.Vendors;

/// <summary>Logs what a vendor refuses; neither address nor body, which hold recipients and tokens.</summary>
internal sealed class RefusalLog(ILogger<RefusalLog> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (result is IStatusCodeHttpResult { StatusCode: >= 400 and var status })
        {
            log.LogInformation("{Vendor} refused a call with {Status}", VendorEndpoint.Of(context.HttpContext)?.Vendor, status);
        }

        return result;
    }
}
