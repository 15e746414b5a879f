using Sigma.Notifier.Accounts;

namespace Sigma.UnitTests.Notifier;

public sealed class Loading_cache
{
    readonly ManualClock _clock = new();
    int _fetched;

    [Fact]
    public async Task Are_fetched_once_by_all_who_ask_at_once()
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var values = Values(_ => answer.Task);
        var asked = Enumerable.Range(0, 100).Select(_ => values.Get(1, default)).ToList();
        answer.SetResult("one");

        Assert.All(await Task.WhenAll(asked), value => Assert.Equal("one", value));
        Assert.Equal(1, _fetched);
    }

    [Fact]
    public async Task Are_fetched_anew_when_their_time_is_over()
    {
        var values = Values(_ => Task.FromResult("one"));
        await values.Get(1, default);
        _clock.Now += TimeSpan.FromSeconds(59);
        await values.Get(1, default);
        Assert.Equal(1, _fetched);
        _clock.Now += TimeSpan.FromSeconds(1);
        await values.Get(1, default);
        Assert.Equal(2, _fetched);
    }

    [Fact]
    public async Task Are_not_more_than_the_limit()
    {
        var values = Values(key => Task.FromResult($"{key}"));
        for (var key = 0; key < 1000; key++)
            await values.Get(key, default);

        Assert.InRange(values.Count, 1, 10);
    }

    [Fact]
    public async Task Are_not_a_failure_that_has_passed()
    {
        var values = Values(_ => _fetched == 1 ? Task.FromException<string>(new IOException()) : Task.FromResult("one"));

        await Assert.ThrowsAsync<IOException>(() => values.Get(1, default));
        Assert.Equal("one", await values.Get(1, default));
    }

    LoadingCache<int, string> Values(Func<int, Task<string>> fetch) => new(key =>
    {
        Interlocked.Increment(ref _fetched);
        return fetch(key);
    }, _ => TimeSpan.FromMinutes(1), 10, _clock);
}
