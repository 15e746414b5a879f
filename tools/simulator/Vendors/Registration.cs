using Sigma.Simulator.Received;

namespace Sigma.Simulator.Vendors;

internal static class Registration
{
    public static IServiceCollection AddVendor<T>(
        this IServiceCollection services, string name, Func<Inbox, SimulatorOptions, TimeProvider, T> create)
        where T : class, IVendor =>
        services
            .AddSingleton(provider => create(
                new Inbox(name, provider.GetRequiredService<ReceivedLog>(), provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<Inbox>>()),
                provider.GetRequiredService<SimulatorOptions>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IVendor>(provider => provider.GetRequiredService<T>());

    /// <summary>A group whose faults and errors look like the vendor's own.</summary>
    public static RouteGroupBuilder MapVendor(this IEndpointRouteBuilder app, string name, Func<int, TimeSpan?, IResult> error)
    {
        var group = app.MapGroup("").WithMetadata(new VendorEndpoint(name, error));
        return group.AddEndpointFilter<RouteGroupBuilder, RefusalLog>();
    }
}
