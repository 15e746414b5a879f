using System.Data.Common;
using Sigma.Contracts;
using Sigma.Faults.Stations;
using Sigma.Faults.Watching;
using Sigma.Notifier.Queries;

namespace Sigma.Faults.Traffic;

/// <summary>A silence somebody made: alerts whose account, host or check ends with a figure.</summary>
/// <param name="Figure">The last one of the account or host.</param>
/// <param name="Asked">When it was asked for: it can be known from then on.</param>
/// <param name="From">When it was committed, at the latest.</param>
/// <param name="To">When it ended, at the earliest.</param>
internal sealed record MadeSilence(char Figure, DateTimeOffset Asked, DateTimeOffset From, DateTimeOffset To)
{
    public bool Fits(ObservedAlert alert) => alert.Key[^1] == Figure;
}

/// <summary>People at work: they make silences and end them, and take alerts on now and then.</summary>
internal sealed class People(Station station, Commands commands, int seed)
{
    static readonly TimeSpan BetweenSilences = TimeSpan.FromSeconds(25);

    readonly Random _random = new(seed + 2);
    readonly List<MadeSilence> _silences = [];
    readonly HashSet<Guid> _looked = [];
    readonly List<Guid> _acknowledged = [];

    public IReadOnlyList<MadeSilence> Silences => _silences;

    /// <summary>Alerts that were taken on, if they lasted until then.</summary>
    public IReadOnlyCollection<Guid> Acknowledged => _acknowledged;

    /// <summary>Until it is stopped.</summary>
    public Task Run(CancellationToken enough, CancellationToken ct) => Task.WhenAll(Silence(enough, ct), TakeOn(enough, ct));

    async Task Silence(CancellationToken enough, CancellationToken ct)
    {
        SilenceCommands silences = new(station.Database, TimeProvider.System);
        while (!enough.IsCancellationRequested)
        {
            var figure = (char)('0' + _random.Next(10));
            var length = TimeSpan.FromSeconds(15 + _random.Next(15));
            var isEnded = _random.Next(2) == 0;
            var asked = TimeProvider.System.GetUtcNow();
            var until = asked + (isEnded ? TimeSpan.FromHours(1) : length);
            var ids = await Task.WhenAll(((string[])["account", "host", "check"]).Select(label =>
            {
                NewSilence silence = new([$"{label}=~.*{figure}"], asked, until, "the fault run", "to see what becomes of it")
                {
                    Id = Guid.NewGuid(),
                };
                return Persistently(token => silences.Add(silence, token), ct); // the same one, when the answer was lost
            }));
            var from = TimeProvider.System.GetUtcNow();
            await Task.Delay(length, ct);
            if (isEnded)
                until = TimeProvider.System.GetUtcNow();
            _silences.Add(new MadeSilence(figure, asked, from, until));
            if (isEnded)
                foreach (var id in ids)
                    await Persistently(token => silences.End(id, "the fault run", token), ct);
            await Task.Delay(BetweenSilences, ct);
        }
    }

    async Task TakeOn(CancellationToken enough, CancellationToken ct)
    {
        while (!enough.IsCancellationRequested)
        {
            await Task.Delay(1_000, ct);
            foreach (var alert in station.Alerts.All.Where(alert => alert.Rule == NewsPlan.HotRule && _looked.Add(alert.AlertId)))
                if (_random.Next(2) == 0)
                    await Acknowledge(alert.AlertId, ct);
        }
    }

    async Task Acknowledge(Guid alert, CancellationToken ct)
    {
        AcknowledgeAlert command = new() { CommandId = Guid.NewGuid(), AlertId = alert, By = "the fault run" };
        await commands.Publish(nameof(AcknowledgeAlert), command, command.CommandId, ct);
        _acknowledged.Add(alert);
    }

    static async Task<T> Persistently<T>(Func<CancellationToken, Task<T>> change, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await change(ct);
            }
            catch (Exception e) when (e is DbException or IOException or TimeoutException or InvalidOperationException)
            {
                await Task.Delay(500, ct);
            }
        }
    }
}
