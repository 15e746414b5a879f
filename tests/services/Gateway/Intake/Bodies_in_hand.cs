using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;

namespace Sigma.ServiceTests.Gateway.Intake;

/// <summary>Bodies that are on their way: what all of them hold is bounded, whether they say how long they are or not.</summary>
public sealed class Bodies_in_hand
{
    const int Size = 600_000;
    const string Most = "1200000";

    [Fact]
    public async Task Without_a_length_hold_what_has_come_and_others_are_told_to_come_again()
    {
        await using var gateway = await GatewaySession.Start(("Gateway:Limits:BytesInHand", Most));
        var (slow, first, refused) = await Hold(gateway, CancellationToken.None);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.Equal(200, (await gateway.Send("""{"id":"small","status":"firing","title":"x"}""")).Status);

        await slow.Write(Body("first")[^10..]);
        slow.End();
        Assert.Equal(200, (await first).Status);
        await Await.Until(() => Post(gateway, new ByteArrayContent(Body("second"))), answer => answer.Status == 200, "there is room again");
    }

    [Fact]
    public async Task That_are_broken_off_give_back_what_they_held()
    {
        await using var gateway = await GatewaySession.Start(("Gateway:Limits:BytesInHand", Most));
        for (var turn = 0; turn < 5; turn++)
        {
            using CancellationTokenSource breaks = new();
            var (_, first, _) = await Hold(gateway, breaks.Token);
            await breaks.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => first);
            await Await.Until(() => Post(gateway, new ByteArrayContent(Body("second"))), answer => answer.Status == 200, "it is given back");
        }
    }

    /// <summary>
    /// A body that has come but for its end, and what another is answered meanwhile. Whichever of the two comes first has the room, so it may take
    /// more than one try.
    /// </summary>
    static async Task<(SlowBody Slow, Task<Answered> First, Answered Refused)> Hold(GatewaySession gateway, CancellationToken ct)
    {
        const int Tries = 20, Looks = 50;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            SlowBody slow = new();
            var first = Post(gateway, slow, ct);
            await Task.WhenAny(first, slow.Write(Body("first")[..^10]));
            for (var look = 0; look < Looks; look++)
                if (await Post(gateway, new ByteArrayContent(Body("second"))) is { Status: 503 } refused)
                    return (slow, first, refused);
            slow.End(); // it was refused itself, which is answered when it has ended
            await first;
        }
        throw new InvalidOperationException("There was always room for another.");
    }

    static byte[] Body(string id)
    {
        var body = new byte[Size];
        body.AsSpan().Fill((byte)' ');
        Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","status":"firing","title":"x"}""").CopyTo(body, 0);
        return body;
    }

    static async Task<Answered> Post(GatewaySession gateway, HttpContent body, CancellationToken ct = default)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/in/shop") { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", GatewaySession.ShopKey);
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await gateway.Http.SendAsync(request, ct);
        return new((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta);
    }

    sealed record Answered(int Status, TimeSpan? RetryAfter);

    /// <summary>A body that comes as the test says.</summary>
    sealed class SlowBody : HttpContent
    {
        readonly Channel<byte[]> _parts = Channel.CreateUnbounded<byte[]>();
        readonly SemaphoreSlim _sent = new(0);

        /// <summary>Returns once it has left.</summary>
        public async Task Write(byte[] part)
        {
            _parts.Writer.TryWrite(part);
            await _sent.WaitAsync();
        }

        public void End() => _parts.Writer.Complete();

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken)
        {
            await foreach (var part in _parts.Reader.ReadAllAsync(cancellationToken))
            {
                await stream.WriteAsync(part, cancellationToken);
                await stream.FlushAsync(cancellationToken);
                _sent.Release();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
