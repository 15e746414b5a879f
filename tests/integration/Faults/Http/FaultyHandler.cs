using System.Collections.Concurrent;
using System.Net;

namespace Sigma.IntegrationTests.Faults.Http;

/// <summary>
/// APIs that refuse, fail, answer late, or lose their answer. A POST only ever fails before it is done: after that a second one is right,
/// and how often it happens is told apart elsewhere.
/// </summary>
internal sealed class FaultyHandler(FaultDice dice, FaultStreaks streaks) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        switch (streaks.Draw(request, dice))
        {
            case FaultKind.Before:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Injected: connection refused");
            case FaultKind.Unavailable:
                return new(HttpStatusCode.ServiceUnavailable) { RequestMessage = request, Content = new StringContent("Injected") };
            case FaultKind.After:
                (await base.SendAsync(request, ct)).Dispose();
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "Injected: the connection was closed before the answer",
                    new IOException("closed"));
            case FaultKind.CutShort:
                return await Cut(await base.SendAsync(request, ct), ct);
            case FaultKind.Slow:
                await Task.Delay(dice.Pause(), ct);
                break;
        }
        return await base.SendAsync(request, ct);
    }

    static async Task<HttpResponseMessage> Cut(HttpResponseMessage answer, CancellationToken ct)
    {
        var whole = await answer.Content.ReadAsByteArrayAsync(ct);
        var cut = new StreamContent(new CutStream(whole[..(whole.Length / 2)]));
        foreach (var header in answer.Content.Headers)
            cut.Headers.TryAddWithoutValidation(header.Key, header.Value);
        answer.Content = cut;
        return answer;
    }

    sealed class CutStream(byte[] part) : MemoryStream(part)
    {
        public override int Read(Span<byte> buffer) => More(base.Read(buffer));
        public override int Read(byte[] buffer, int offset, int count) => More(base.Read(buffer, offset, count));
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct = default) => More(await base.ReadAsync(buffer, ct));

        static int More(int read) => read > 0 ? read : throw new HttpIOException(HttpRequestError.ResponseEnded, "Injected: the answer broke off");
    }
}

/// <summary>
/// A call is tried three times by a station's settings, and more failures than that in a row are an outage, with which other tests deal:
/// so no request fails more than twice in a row.
/// </summary>
internal sealed class FaultStreaks
{
    const int Longest = 2;

    readonly ConcurrentDictionary<string, int> _streaks = new();

    public FaultKind? Draw(HttpRequestMessage request, FaultDice dice)
    {
        var key = $"{request.Method} {request.RequestUri}";
        if (_streaks.GetValueOrDefault(key) >= Longest)
        {
            _streaks.TryRemove(key, out _);
            return null;
        }
        var kind = request.Method == HttpMethod.Get
            ? dice.Draw(FaultKind.Before, FaultKind.Unavailable, FaultKind.After, FaultKind.CutShort, FaultKind.Slow)
            : dice.Draw(FaultKind.Before, FaultKind.Unavailable, FaultKind.Slow);
        if (kind is null or FaultKind.Slow)
            _streaks.TryRemove(key, out _);
        else
            _streaks.AddOrUpdate(key, 1, (_, streak) => streak + 1);
        return kind;
    }
}
