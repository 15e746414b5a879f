namespace Sigma.Simulator.Scenarios;

internal sealed class ScenarioCatchUp(RequestDelegate next, ScenarioPlayer player)
{
    public Task InvokeAsync(HttpContext context)
    {
        player.CatchUp();
        return next(context);
    }
}
