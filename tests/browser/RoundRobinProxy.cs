using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Sigma.BrowserTests;

/// <summary>
/// A balancer of the simplest kind: every request goes to the next console, whoever sends it, and to another when that one is gone. WebSockets are
/// passed on too.
/// </summary>
internal sealed class RoundRobinProxy : IAsyncDisposable
{
    static readonly HashSet<string> OfOneHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Host", "Content-Length", "Proxy-Connection",
    };

    readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5),
    });

    readonly Uri[] _consoles;
    WebApplication _app = null!;
    int _turn;

    RoundRobinProxy(Uri[] consoles) => _consoles = consoles;

    public Uri Url => new(_app.Urls.First());

    /// <summary>Where the last WebSocket went.</summary>
    public Uri? LastUpgraded { get; private set; }

    public static async Task<RoundRobinProxy> Start(params Uri[] consoles)
    {
        RoundRobinProxy proxy = new(consoles);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        proxy._app = builder.Build();
        proxy._app.Run(proxy.Pass);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(5)); // pages that are still open are left alone no longer
        await _app.StopAsync(late.Token);
        await _app.DisposeAsync();
        _client.Dispose();
    }

    async Task Pass(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var turn = (uint)Interlocked.Increment(ref _turn);
        for (var tries = 1; ; tries++)
        {
            var console = _consoles[(turn + tries) % _consoles.Length];
            try
            {
                await Pass(http, console, body.ToArray());
                return;
            }
            catch (HttpRequestException) when (tries < _consoles.Length && !http.Response.HasStarted)
            {
                // the next one
            }
            catch (HttpRequestException) when (!http.Response.HasStarted)
            {
                http.Response.StatusCode = StatusCodes.Status502BadGateway;
                return;
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
            {
                http.Abort(); // one of the two ends has gone
                return;
            }
        }
    }

    async Task Pass(HttpContext http, Uri console, byte[] body)
    {
        var upgrade = http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } feature ? feature : null;
        using var request = Request(http, console, body, upgrade is not null);
        using var answer = await _client.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (!OfOneHop.Contains(name))
                http.Response.Headers[name] = new StringValues([.. values]);
        if (upgrade is not null && answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            LastUpgraded = console;
            http.Response.Headers.Connection = "Upgrade";
            http.Response.Headers.Upgrade = "websocket";
            await using var here = await upgrade.UpgradeAsync();
            await using var there = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
            await await Task.WhenAny(here.CopyToAsync(there, http.RequestAborted), there.CopyToAsync(here, http.RequestAborted));
            http.Abort();
            return;
        }
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering(); // a stream of events is passed on event by event
        await using var content = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
        await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    static HttpRequestMessage Request(HttpContext http, Uri console, byte[] body, bool isUpgrade)
    {
        HttpRequestMessage request = new(new HttpMethod(http.Request.Method), new Uri(console, http.Request.Path + http.Request.QueryString))
        {
            Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (body.Length > 0 || http.Request.ContentLength is not null)
            request.Content = new ByteArrayContent(body);
        foreach (var (name, values) in http.Request.Headers)
            if (!OfOneHop.Contains(name) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        request.Headers.Host = http.Request.Host.Value;
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", $"{http.Connection.RemoteIpAddress}");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", http.Request.Scheme);
        if (!isUpgrade)
            return request;
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        return request;
    }
}
