using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sigma.IntegrationTests.Gateway;

/// <summary>Something that a Prometheus scrapes: one number, which the test says.</summary>
internal sealed class Watched : IAsyncDisposable
{
    readonly WebApplication _app;

    Watched(WebApplication app) => _app = app;

    public double Broken { get; set; }

    public string Authority => new Uri(_app.Urls.First()).Authority;

    public static async Task<Watched> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        Watched watched = new(app);
        app.MapGet("/metrics", () => Results.Text($"broken {watched.Broken.ToString(CultureInfo.InvariantCulture)}\n", "text/plain; version=0.0.4"));
        await app.StartAsync();
        return watched;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
