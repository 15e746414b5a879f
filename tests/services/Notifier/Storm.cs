using System.Text.RegularExpressions;
using Sigma.Simulator.Received;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

/// <summary>A notifier on a clock of its own, to which many alerts come at once.</summary>
internal sealed partial class Storm : IAsyncDisposable
{
    Storm(NotifierSession notifier, ShiftedClock clock)
    {
        Notifier = notifier;
        Clock = clock;
    }

    public NotifierSession Notifier { get; }

    public ShiftedClock Clock { get; }

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public IReadOnlyList<ReceivedMessage> Messages => Notifier.Simulator.Received.Messages;

    public int Calls => Notifier.Simulator.Received.Calls.Count(c => c.Path.EndsWith("send_message", StringComparison.Ordinal));

    /// <summary>Account codes, as often as messages name them.</summary>
    public IEnumerable<string> Told => Messages.SelectMany(m => Code().Matches(m.Message)).Select(m => m.Groups[1].Value);

    /// <summary>WhatsApp alone, a message a minute; with digests one at a time, else five at once.</summary>
    public static Task<Storm> Start(int digestOver, params (string Key, string Value)[] settings) => StartWith(
    [
        .. settings.UnionBy<(string Key, string Value), string>(
        [
            ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"), ("Notifier:Channels:WhatsApp:MessageEvery", "00:01:00"),
            ("Notifier:Channels:WhatsApp:MessageBurst", digestOver > 0 ? "1" : "5"), ("Notifier:Channels:WhatsApp:DigestOver", $"{digestOver}"),
        ], setting => setting.Key),
    ]);

    public static async Task<Storm> StartWith(params (string Key, string Value)[] settings)
    {
        var clock = new ShiftedClock();
        return new(await NotifierSession.Start(clock, settings), clock);
    }

    /// <summary>Uses up the turn there is, so that what comes after has to wait.</summary>
    public async Task Exhaust()
    {
        var sent = await Count("sent");
        await Notifier.Publish(Raised(Guid.NewGuid()));
        await Notifier.Until(async () => await Count("sent") == sent + 1, "there was no turn");
    }

    public async Task<List<(Guid Alert, long Account)>> Raise(int count)
    {
        List<(Guid, long)> alerts = [];
        for (var i = 1; i <= count; i++)
        {
            Notifier.Simulator.Segware.Accounts.Add(new Account(1000 + i, $"C{i}", 3, 101, $"Filial {i}"));
            alerts.Add((Guid.NewGuid(), 1000 + i));
            await Notifier.Publish(Raised(alerts[^1].Item1, 1000 + i));
        }
        return alerts;
    }

    /// <summary>Raises so many when there is no turn left: all wait in line.</summary>
    public async Task<List<(Guid Alert, long Account)>> Queue(int count)
    {
        await Exhaust();
        var alerts = await Raise(count);
        await UntilWaiting(count);
        return alerts;
    }

    /// <summary>A thing is counted once it is committed, which is a moment after it can be seen.</summary>
    public async Task Counted(CountedMetrics metrics, string nameAndTags, long expected)
    {
        await Notifier.Until(() => Task.FromResult(metrics[nameAndTags] >= expected), $"{nameAndTags} is not {expected}");
        Assert.Equal(expected, metrics[nameAndTags]);
    }

    public async Task<long> Count(string state) =>
        (await Notifier.Query<long>("select count(*) from notifier_deliveries where state = @state", new { state }))[0];

    public Task UntilWaiting(int count) => Notifier.Until(async () => await Count("waiting") == count, $"{count} do not wait in line");

    public Task UntilSent(int count, bool advance = false) => Notifier.Until(async () =>
    {
        if (advance)
            await MoveOn(TimeSpan.FromSeconds(10));
        return await Count("sent") == count;
    }, $"{count} are not sent");

    /// <summary>
    /// Waits until the notifier has nothing in hand and nothing to do before the clock is moved on. Its bus is in memory, so a message stays in the
    /// outbox until it is consumed; one that is taken is due again within half a minute.
    /// </summary>
    public Task UntilIdle() => Notifier.Until(async () =>
    {
        var soon = Now + 31_000;
        return (await Notifier.Query<long>("select count(*) from outbox where deliver_at <= @soon", new { soon }))[0] == 0;
    }, "the notifier still has something to do");

    /// <summary>Not while a delivery is in hand, and then by less than its claim lasts.</summary>
    public async Task MoveOn(TimeSpan by)
    {
        if (await Count("sending") == 0)
            Clock.Advance(by);
    }

    public ValueTask DisposeAsync() => Notifier.DisposeAsync();

    [GeneratedRegex(@"\*(C?\d+)\*")]
    private static partial Regex Code();
}
