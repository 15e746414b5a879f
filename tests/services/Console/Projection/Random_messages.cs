using Sigma.Contracts;
using Sigma.OperatorConsole.Projection;
using Sigma.ServiceTests.Console.Alerts;
using static Sigma.ServiceTests.Console.Alerts.AlertsSession;

namespace Sigma.ServiceTests.Console.Projection;

/// <summary>Messages of many alerts in any order, some twice, into two consoles at once: it is as if each had come once and in order.</summary>
public sealed class Random_messages
{
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Leave_what_they_say_whatever_their_order(int seed)
    {
        await using var console = await Start();
        Random random = new(seed);
        var lives = Enumerable.Range(0, 40).Select(_ => Life.Of(random)).ToList();
        var messages = lives.SelectMany(life => life.Messages).ToList();
        messages.AddRange(messages.Where(_ => random.Next(3) == 0).ToList());
        var shuffled = messages.OrderBy(_ => random.Next()).ToList();
        AlertWriter other = new(console.Database, new AccountDirectory(TimeProvider.System), console.Board, TimeProvider.System);

        await Task.WhenAll(shuffled.Select((message, i) => Task.Run(() =>
            (i % 2 == 0 ? console.Writer : other).Write(message, CancellationToken.None))));

        foreach (var life in lives)
        {
            var shown = await console.Alerts.Find(life.Id, Everybody, CancellationToken.None);
            Assert.NotNull(shown);
            Assert.Equal(life.Expected(), (shown.Severity, shown.Summary, shown.Value, shown.AssignedTo, shown.AcknowledgedBy, shown.ClearedReason,
                shown.ClearedAt, shown.Since));
            Assert.Equal(life.Messages.Count, (await console.Alerts.Timeline(life.Id, Everybody, CancellationToken.None))!.Count);
        }
        var sequences = await console.Query<long>("select sequence from console_alerts order by sequence");
        Assert.Equal(lives.Count, sequences.Distinct().Count());
        Assert.Equal(sequences[^1], (await console.Query<long>("select last from console_sequence where name = 'alerts'")).Single());
        await Await.Until(() => Task.FromResult(console.Board.Current.Raised), count => count == lives.Count(life => life.Clear is null),
            "the board shows those that are raised");
    }

    sealed class Life
    {
        public Guid Id { get; } = Guid.NewGuid();
        public AlertRaised? Raise { get; private set; }
        public AlertCleared? Clear { get; private set; }
        AlertAcknowledged? Acknowledge { get; set; }
        List<AlertUpdated> Updates { get; } = [];

        public List<ProjectedMessage> Messages =>
        [
            .. Raise is null ? [] : (ProjectedMessage[])[ProjectedMessages.Of(Raise)],
            .. Updates.Select(ProjectedMessages.Of),
            .. Acknowledge is null ? [] : (ProjectedMessage[])[ProjectedMessages.Of(Acknowledge)],
            .. Clear is null ? [] : (ProjectedMessage[])[ProjectedMessages.Of(Clear)],
        ];

        public static Life Of(Random random)
        {
            Life life = new();
            Dictionary<string, string> labels = new() { ["account"] = $"{random.Next(5)}", ["code"] = "E130" };
            if (random.Next(10) > 0)
                life.Raise = new AlertRaised
                {
                    AlertId = life.Id, Rule = "excess", Severity = "warning", Source = "segware", Labels = labels, RaisedAt = Noon,
                    Since = Noon.AddHours(-1), Summary = random.Next(2) == 0 ? "20 events" : null, Value = 20, Limit = 20,
                };
            for (var i = random.Next(4); i > 0; i--)
                life.Updates.Add(new AlertUpdated
                {
                    AlertId = life.Id, Rule = "excess", Kind = RuleKind.Count, Severity = random.Next(2) == 0 ? "high" : "warning",
                    Source = "segware", Labels = labels, Change = random.Next(2) == 0 ? AlertChange.Measured : AlertChange.Assigned,
                    Value = random.Next(100), Summary = random.Next(2) == 0 ? $"{i} events" : null, Snoozed = false,
                    AssignedTo = random.Next(2) == 0 ? "Bia" : null,
                    RaisedAt = Noon, UpdatedAt = Noon.AddSeconds(10 + i), By = "Rui",
                });
            if (random.Next(2) == 0)
                life.Acknowledge = new AlertAcknowledged
                {
                    AlertId = life.Id, Rule = "excess", Kind = RuleKind.Count, Severity = "warning", Source = "segware", Labels = labels, By = "Ana",
                    RaisedAt = Noon, AcknowledgedAt = Noon.AddSeconds(30),
                };
            if (random.Next(2) == 0 || life.Messages.Count == 0)
                life.Clear = new AlertCleared
                {
                    AlertId = life.Id, Rule = "excess", Severity = "warning", Source = "segware", Labels = labels, Reason = "volume-normal",
                    Summary = random.Next(2) == 0 ? "was 20 events" : null, RaisedAt = Noon, ClearedAt = Noon.AddMinutes(5), Value = 1,
                };
            return life;
        }

        public (string, string?, double?, string?, string?, string?, DateTimeOffset?, DateTimeOffset?) Expected()
        {
            var newest = Updates.MaxBy(update => update.UpdatedAt);
            return (newest?.Severity ?? "warning", newest is null ? Raise?.Summary ?? Clear?.Summary : newest.Summary,
                newest is null ? Raise?.Value : newest.Value, newest?.AssignedTo, Acknowledge?.By, Clear?.Reason, Clear?.ClearedAt, Raise?.Since);
        }
    }
}
