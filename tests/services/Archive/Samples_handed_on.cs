using Microsoft.Extensions.DependencyInjection;
using Sigma.Archive.Samples;
using Sigma.Contracts;

namespace Sigma.ServiceTests.Archive;

public sealed class Samples_handed_on
{
    static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddMinutes(-5);

    [Fact]
    public async Task Wait_for_a_server_that_is_away_or_asks_to_wait_and_keep_their_order()
    {
        await using var server = await RemoteWriteServer.Start();
        foreach (var status in (int[])[503, 429, 500, 404])
            server.Answers.Enqueue(status);
        await using var session = await ArchiveSession.Start(("Archive:Samples:RemoteWrite", server.Address));
        for (var second = 0; second < 20; second++)
            await session.Publish(Batch(("cpu", second, second)));
        var taken = await Await.Until(() => Task.FromResult(server.Taken), all => all.Count == 20, "all samples are taken");
        Assert.Equal(Enumerable.Range(0, 20).Select(second => $"__name__=cpu,host=web-1 {At(second)} {second}"), taken);
    }

    [Fact]
    public async Task That_are_refused_take_no_other_with_them()
    {
        await using var server = await RemoteWriteServer.Start();
        await using var session = await ArchiveSession.Start(("Archive:Samples:RemoteWrite", server.Address));
        var store = session.Services.GetRequiredService<ISampleStore>();
        await store.Store(new(Guid.NewGuid(), Batch(("old", 100, 1)).Samples), CancellationToken.None);
        var requests = server.Requests;
        await store.Store(new(Guid.NewGuid(), Batch([("old", 50, 2), ("old", 101, 3),
            .. Enumerable.Range(0, 500).Select(number => ($"new{number}", number, 4.0))]).Samples), CancellationToken.None);
        Assert.Equal(502, server.Taken.Count); // the first, the newer one, and all of the others
        Assert.DoesNotContain(server.Taken, sample => sample.EndsWith(" 2", StringComparison.Ordinal));
        Assert.InRange(server.Requests - requests, 2, 40);
    }

    [Fact]
    public async Task Have_names_that_the_server_takes()
    {
        await using var server = await RemoteWriteServer.Start();
        await using var session = await ArchiveSession.Start(("Archive:Samples:RemoteWrite", server.Address));
        var store = session.Services.GetRequiredService<ISampleStore>();
        await store.Store(new(Guid.NewGuid(),
        [
            new Sample
            {
                Series = "9disk.used:%", At = Start, Value = 1,
                Labels = new Dictionary<string, string> { ["zone"] = "é\"\\", ["a.b"] = "1", ["a-b"] = "2", ["empty"] = "" },
            },
        ]), CancellationToken.None);
        Assert.Equal([$"__name__=_9disk_used:_,a_b=2,zone=é\"\\ {At(0)} 1"], server.Taken);
    }

    static long At(int second) => Start.AddSeconds(second).ToUnixTimeMilliseconds();

    static SamplesReported Batch(params (string Series, int Second, double Value)[] samples) => new()
    {
        BatchId = Guid.NewGuid(), Source = "metrics", Samples = [.. samples.Select(sample => new Sample
        {
            Series = sample.Series, At = Start.AddSeconds(sample.Second), Value = sample.Value,
            Labels = new Dictionary<string, string> { ["host"] = "web-1" },
        })],
    };
}
