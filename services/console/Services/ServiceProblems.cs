using Sigma.Hosting.Api;

namespace Sigma.OperatorConsole.Services;

/// <summary>Says by the console's API what another service said, or that it said nothing.</summary>
internal static class ServiceProblems
{
    /// <summary>As problem details: the service's own word about the request with its status, else 503.</summary>
    public static IResult Of(ServiceException e) => e.ApiStatus == e.Status
        ? e.Faults.Count > 1 || e.Faults[0] != e.Message ? Problems.Refused(e.Faults, e.ApiStatus) : Problems.Of(e.ApiStatus, e.Message)
        : Problems.Of(e.ApiStatus, $"The {e.Service} cannot be asked: {e.Message}");

    /// <summary>The same for all endpoints of a group.</summary>
    public static TBuilder WithServiceProblems<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (ServiceException e) when (!context.HttpContext.Response.HasStarted)
            {
                return Of(e);
            }
        });
}
