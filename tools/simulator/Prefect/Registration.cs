using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Prefect;

internal static class Registration
{
    private const string Name = "prefect";

    public static IServiceCollection AddPrefect(this IServiceCollection services) =>
        services.AddVendor(Name, (inbox, options, clock) => new PrefectServer(inbox, options, clock));

    public static void MapPrefect(this IEndpointRouteBuilder app)
    {
        app.MapVendor(Name, (status, _) => PrefectAnswers.OfFault(status)).MapPrefectApi();

        app.MapPut("/_sim/prefect/flow_runs/{id:guid}", (Guid id, StateOrder order, PrefectServer server) =>
            server.SetState(id, order.Type, order.Name, order.Message) ? Results.NoContent() : Results.NotFound());
        app.MapPost("/_sim/prefect/deployments", (PrefectDeployment deployment, PrefectServer server) =>
        {
            server.Add(deployment);
            return Results.Created($"/api/deployments/{deployment.Id}", deployment);
        });
    }

    private sealed record StateOrder(string Type, string? Name, string? Message);
}
