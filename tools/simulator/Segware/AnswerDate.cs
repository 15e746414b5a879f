using System.Globalization;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Segware;

/// <summary>Dates every answer by the clock of whoever gives it: Segware's may differ from the simulator's.</summary>
internal sealed class AnswerDate(RequestDelegate next, SimulatorOptions options, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext context)
    {
        var isSegware = context.Request.Path.Value?.Contains("/api/v1/", StringComparison.Ordinal) != true && VendorEndpoint.Of(context) is null;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Date = (clock.GetUtcNow() + (isSegware ? options.Segware.ClockAhead : TimeSpan.Zero))
                .ToString("R", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return next(context);
    }
}
