using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sigma.IntegrationTests.Secrets;

/// <summary>An API that repeats in its errors all that it was sent, the token too.</summary>
internal sealed class EchoApi : IAsyncDisposable
{
    readonly WebApplication _app;
    int _calls;

    EchoApi(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public int Calls => Volatile.Read(ref _calls);

    public int Status { get; set; } = 401;

    public static async Task<EchoApi> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new EchoApi(builder.Build());
        api._app.Run(async context =>
        {
            Interlocked.Increment(ref api._calls);
            context.Response.StatusCode = api.Status;
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            var headers = string.Join(' ', context.Request.Headers.Select(h => $"{h.Key}: {h.Value}"));
            await context.Response.WriteAsync($"not for {context.Request.Path}{context.Request.QueryString} {headers}: {body}");
        });
        await api._app.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
