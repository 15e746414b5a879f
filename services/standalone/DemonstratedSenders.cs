using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sigma.Hosting;

namespace Sigma.Standalone;

/// <summary>
/// Others who send to the gateway, over HTTP and each with its own key, for the demonstration: two agents with their lines, of which one falls silent
/// and comes back; a disk that fills up and is emptied; and a monitoring system that sees a site go down and come up.
/// </summary>
internal sealed class DemonstratedSenders(DemonstratedIntegrations integrations, IServer server, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<DemonstratedSenders> log) : BackgroundService
{
    // By the demonstration's clock.
    static readonly TimeSpan Turn = TimeSpan.FromMinutes(1), SilentFrom = TimeSpan.FromMinutes(25), SilentTo = TimeSpan.FromMinutes(60),
        FullFrom = TimeSpan.FromMinutes(35), FullTo = TimeSpan.FromMinutes(75), DownFrom = TimeSpan.FromMinutes(45),
        DownTo = TimeSpan.FromMinutes(90);

    bool _isDown;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            await lifetime.WaitForStart(stop);
            using HttpClient http = new() { BaseAddress = Gateway() };
            var began = time.GetUtcNow();
            using PeriodicTimer timer = new(Turn, time);
            while (await timer.WaitForNextTickAsync(stop))
                await Send(http, time.GetUtcNow() - began, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task Send(HttpClient http, TimeSpan elapsed, CancellationToken ct)
    {
        try
        {
            await Post(http, $"in/{DemonstratedIntegrations.Agents}", DemonstratedIntegrations.Agents, "application/x-ndjson", Lines(elapsed), ct);
            await Post(http, "write", DemonstratedIntegrations.Metrics, "text/plain", Samples(elapsed), ct);
            var isDown = elapsed >= DownFrom && elapsed < DownTo;
            if (isDown != _isDown)
            {
                await Post(http, $"in/{DemonstratedIntegrations.Monitor}", DemonstratedIntegrations.Monitor, "application/json",
                    Heartbeat(isDown), ct);
                _isDown = isDown;
            }
        }
        catch (HttpRequestException e)
        {
            log.LogDebug("The gateway does not take it, retrying at the next turn: {Reason}", e.Message);
        }
    }

    async Task Post(HttpClient http, string path, string integration, string type, string body, CancellationToken ct)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", integrations.KeyOf(integration));
        using var answer = await http.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
    }

    static string Lines(TimeSpan elapsed)
    {
        StringBuilder lines = new();
        foreach (var host in (string[])["receiver-1", "receiver-2"])
            if (host != "receiver-2" || elapsed < SilentFrom || elapsed > SilentTo)
                lines.Append(JsonSerializer.Serialize(new
                {
                    host, app = "receiver", level = IsFull(elapsed) && host == "receiver-1" ? "warning" : "info",
                    message = IsFull(elapsed) && host == "receiver-1" ? "Pouco espaço em disco: a gravação ficou lenta"
                        : string.Create(CultureInfo.InvariantCulture, $"{20 + (int)elapsed.TotalMinutes * 7 % 30} eventos recebidos, fila vazia"),
                })).Append('\n');
        return lines.ToString();
    }

    static string Samples(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture,
        $"disk_used,host=receiver-1 percent={(elapsed < FullFrom ? 60 + 0.8 * elapsed.TotalMinutes : IsFull(elapsed) ? 93.5 : 41):0.##}\n");

    static bool IsFull(TimeSpan elapsed) => elapsed >= FullFrom && elapsed < FullTo;

    // As Uptime Kuma writes it.
    string Heartbeat(bool isDown)
    {
        const string Site = "Portal do cliente";
        var says = isDown ? "connect ECONNREFUSED 203.0.113.7:443" : "200 - OK";
        return JsonSerializer.Serialize(new
        {
            heartbeat = new
            {
                monitorID = 1, status = isDown ? 0 : 1, time = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
                msg = says, important = true,
            },
            monitor = new
            {
                id = 1, name = Site, url = "https://portal.example.com", type = "http",
                tags = new[] { new { name = "severity", value = "high" }, new { name = "service", value = "portal" } },
            },
            msg = $"[{Site}] [{(isDown ? "🔴 Down" : "✅ Up")}] {says}",
        });
    }

    /// <summary>Where this process answers, from itself.</summary>
    Uri Gateway()
    {
        var address = BindingAddress.Parse(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new UriBuilder(address.Scheme, address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host, address.Port).Uri;
    }
}
