using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Sigma.Hosting.Limits;
using Sigma.Hosting.Telemetry.Scraping;

namespace Sigma.Hosting.Health;

/// <summary>Answers on the service's port until the database is available and all else that the start waits for, and says what that is.</summary>
internal sealed class StartupHealthServer(IConfiguration settings, Action stop) : IAsyncDisposable
{
    WebApplication? _open;
    volatile Dictionary<string, string> _waits = [];

    /// <param name="check">What the start waits for, as the name of a check.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="ct">Ends the start.</param>
    public async Task Report(string check, string reason, CancellationToken ct)
    {
        _waits = new() { [check] = reason };
        if (_open is not null)
            return;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(settings);
        builder.WebHost.ConfigureKestrel(ServerLimits.Set);
        builder.Services.AddEndpointLimits();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseEndpointLimits();
        app.MapGet("/health/live", () => Results.Json(new { status = "ok", checks = new { } }));
        app.MapGet("/health/ready",
            () => Results.Json(new { status = "not ready", checks = _waits },
                statusCode: StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/metrics", () => Results.Content(HealthGauge.PageWithout(_waits.Keys.First()), PageWriter.ContentType));
        // Who asks for anything else is to come again: most senders give up on 404.
        app.MapFallback("{*path}", http =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "2";
            return Task.CompletedTask;
        });
        app.Lifetime.ApplicationStopping.Register(stop); // once it runs, it receives the signal to stop
        try
        {
            await app.StartAsync(ct);
            _open = app;
        }
        catch (IOException)
        {
            await app.DisposeAsync(); // the port is taken, which the service itself will say when it comes to that
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is { } app)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
