using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Sigma.Hosting.Limits;
using Sigma.Hosting.Telemetry.Scraping;

namespace Sigma.Hosting.Health;

/// <summary>Answers on the service's port until the database is available, and says what the start waits for.</summary>
internal sealed class StartupHealthServer(IConfiguration settings, Action stop) : IAsyncDisposable
{
    WebApplication? _open;
    volatile string _reason = "";

    public async Task Report(string reason, CancellationToken ct)
    {
        _reason = reason;
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
            () => Results.Json(new { status = "not ready", checks = new { database = _reason } },
                statusCode: StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/metrics", () => Results.Content(HealthGauge.PageWithoutDatabase(), PageWriter.ContentType));
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
