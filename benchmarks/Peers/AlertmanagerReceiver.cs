using Microsoft.AspNetCore.Hosting;

namespace Sigma.Benchmarks.Peers;

/// <summary>Whom an Alertmanager tells: it reads what it is told, and throws it away.</summary>
internal sealed class AlertmanagerReceiver : IAsyncDisposable
{
    readonly WebApplication _app;
    int _told;

    AlertmanagerReceiver(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public int Told => Volatile.Read(ref _told);

    public static async Task<AlertmanagerReceiver> Start(CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        AlertmanagerReceiver receiver = new(builder.Build());
        receiver._app.Urls.Add("http://127.0.0.1:0");
        receiver._app.Run(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            Interlocked.Increment(ref receiver._told);
        });
        await receiver._app.StartAsync(ct);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
