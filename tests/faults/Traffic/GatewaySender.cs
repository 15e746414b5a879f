using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Sigma.Faults.Stations;

namespace Sigma.Faults.Traffic;

/// <summary>Sends to whichever gateway answers, one after the other, as behind a balancer.</summary>
internal sealed class GatewaySender(IReadOnlyList<Service> gateways) : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(12) };
    readonly ConcurrentQueue<string> _odd = new();
    int _next, _accepted;

    /// <summary>Requests that were answered with 2xx.</summary>
    public int Accepted => _accepted;

    /// <summary>Answers that no sender should get: neither 2xx nor one that says to come again.</summary>
    public IReadOnlyCollection<string> Odd => _odd;

    /// <summary>Once: whether it was accepted.</summary>
    public async Task<bool> TrySend(HttpMethod method, string path, string? key, HttpContent? content, CancellationToken ct)
    {
        var gateway = gateways[(Interlocked.Increment(ref _next) & int.MaxValue) % gateways.Count];
        using HttpRequestMessage request = new(method, new Uri(gateway.Url, path)) { Content = content };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var answer = await _http.SendAsync(request, ct);
            if (answer.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref _accepted);
                return true;
            }
            if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                _odd.Enqueue($"{method} {path} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // killed, frozen, or not up again yet: whether it was kept nobody can know
        }
        return false;
    }

    /// <summary>Until it is accepted.</summary>
    public async Task Send(HttpMethod method, string path, string? key, Func<HttpContent?> content, CancellationToken ct)
    {
        while (!await TrySend(method, path, key, content(), ct))
            await Task.Delay(Pause, ct); // or stops here
    }

    public void Dispose() => _http.Dispose();
}
