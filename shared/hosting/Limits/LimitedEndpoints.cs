using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;

namespace Sigma.Hosting.Limits;

/// <summary>Gives endpoints their limits.</summary>
public static class LimitedEndpoints
{
    static readonly object NoEndpoint = new();

    /// <summary>The limits of an endpoint, or of each in a group, instead of <see cref="EndpointLimits.Small"/>.</summary>
    public static T WithLimits<T>(this T endpoint, EndpointLimits limits) where T : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(limits).WithRequestTimeout(limits.Timeout);
        return endpoint;
    }

    internal static IServiceCollection AddEndpointLimits(this IServiceCollection services) => services
        .AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = EndpointLimits.Small.Timeout })
        .AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, object>(Partition);
        });

    /// <summary>The body's size is seen to by the routing, which reads the endpoint's metadata.</summary>
    internal static void UseEndpointLimits(this WebApplication app)
    {
        app.UseRequestTimeouts();
        app.UseRateLimiter();
    }

    static RateLimitPartition<object> Partition(HttpContext http) => http.GetEndpoint() is { } endpoint
        ? RateLimitPartition.GetConcurrencyLimiter<object>(endpoint, _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = (endpoint.Metadata.GetMetadata<EndpointLimits>() ?? EndpointLimits.Small).Requests,
        })
        : RateLimitPartition.GetNoLimiter(NoEndpoint);
}
