using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>What a gateway answered; status 0 when nobody did.</summary>
internal sealed record Answer(HttpStatusCode Status, TimeSpan? RetryAfter, string Text)
{
    public bool IsKept => (int)Status is >= 200 and < 300;

    public JsonElement Body() => JsonSerializer.Deserialize<JsonElement>(Text);
}

/// <summary>Who sends to gateways and comes again as it is told to; and a console that asks them.</summary>
internal sealed class Sender : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Sends to <c>/in</c> once.</summary>
    public Task<Answer> Send(Uri gateway, string integration, string body, string? key = null) =>
        Post(gateway, $"in/{integration}", key ?? Gateways.KeyOf(integration), body);

    /// <summary>Sends to any address once.</summary>
    public Task<Answer> Post(Uri gateway, string path, string key, string body, string type = "application/json") => Send(() =>
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(gateway, path)) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    });

    /// <summary>Posts an alert as Prometheus does to its Alertmanager, once.</summary>
    public Task<Answer> PostAlert(Uri gateway, string host) => Post(gateway, "api/v2/alerts", Gateways.KeyOf("alertmanager"),
        JsonSerializer.Serialize(new[] { new { labels = new { alertname = "HostDown", severity = "critical", host } } }));

    /// <summary>Sends until it is kept, by whichever gateway answers at that time, as a sender behind a load balancer does.</summary>
    public Task Deliver(Func<Uri> gateway, string integration, string body) => Deliver(() => Send(gateway(), integration, body));

    /// <summary>The same of anything that is sent.</summary>
    public static async Task Deliver(Func<Task<Answer>> send)
    {
        for (var ends = TimeProvider.System.GetTimestamp(); ;)
        {
            var answer = await send();
            if (answer.IsKept)
                return;
            Assert.True(answer.Status is 0 or HttpStatusCode.ServiceUnavailable, $"{answer.Status}: {answer.Text}");
            Assert.True(TimeProvider.System.GetElapsedTime(ends) < TimeSpan.FromMinutes(2), "nobody keeps it");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Asks the internal API.</summary>
    public Task<Answer> Ask(Uri gateway, HttpMethod method, string path, object? body = null, string? ifMatch = null) => Send(() =>
    {
        HttpRequestMessage request = new(method, new Uri(gateway, $"internal/gateway/{path}"))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Gateways.ApiKey);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return request;
    });

    public void Dispose() => _http.Dispose();

    async Task<Answer> Send(Func<HttpRequestMessage> make)
    {
        using var request = make();
        try
        {
            using var answer = await _http.SendAsync(request);
            return new(answer.StatusCode, answer.Headers.RetryAfter?.Delta, await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException e)
        {
            return new(0, null, e.Message); // killed before its answer
        }
    }
}
