namespace Sigma.Simulator.Probed;

internal static class Registration
{
    public static IServiceCollection AddProbed(this IServiceCollection services) => services.AddSingleton<ProbedSite>();

    public static void MapProbed(this IEndpointRouteBuilder app)
    {
        app.MapGet("/probed/health", (ProbedSite site) => site.IsHealthy ? Results.Text("all is well")
            : Results.Text("the database is away", statusCode: StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/probed/numbers", (ProbedSite site) => Results.Json(new { data = site.Numbers }));
        app.MapGet("/probed/flaky", (ProbedSite site) => site.FailsNow() ? Results.Text("no", statusCode: StatusCodes.Status500InternalServerError)
            : Results.Text("yes"));

        app.MapPut("/_sim/probed", (SiteOrder order, ProbedSite site) =>
        {
            site.IsHealthy = order.IsHealthy ?? site.IsHealthy;
            site.FlakyEvery = order.FlakyEvery ?? site.FlakyEvery;
            foreach (var (name, number) in order.Numbers ?? [])
            {
                site.Numbers[name] = number;
            }

            return Results.NoContent();
        });
    }

    private sealed record SiteOrder(bool? IsHealthy, int? FlakyEvery, Dictionary<string, double>? Numbers);
}
