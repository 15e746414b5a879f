using System.Text.Json;
using Sigma.Contracts;

namespace Sigma.ServiceTests.Gateway.Payloads;

/// <summary>A piece of news in a file, as the README of the payloads says it. What the body does not say is null.</summary>
/// <param name="State">As the gateway writes it.</param>
/// <param name="Id">The identity; or a part of it between slashes. Null: a hash.</param>
internal sealed record Said(string State, string? Id = null)
{
    public string? Severity { get; init; }
    public string? Service { get; init; }
    public string? Region { get; init; }

    /// <summary>Not looked at where it is null, as the two times.</summary>
    public string? Title { get; init; }
    public string? StartsAt { get; init; }
    public string? EndsAt { get; init; }

    /// <summary>Labels that its alert has, besides others.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What describes it, besides others.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public bool Fires => State == "firing";

    public bool IsOver => State == "resolved";

    /// <summary>Looks at what the gateway keeps as understood.</summary>
    public void Check(JsonElement understood)
    {
        string? Text(string name) => understood.GetProperty(name).GetString();
        DateTimeOffset? Time(string name) =>
            understood.GetProperty(name) is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : null;
        Assert.Equal((State, Severity, Service, Region), (Text("state"), Text("severity"), Text("service"), Text("region")));
        var id = Text("externalId")!;
        Assert.True(IsId(id), $"{id} is not {Id}");
        if (Title is not null)
            Assert.Equal(Title, Text("title"));
        if (StartsAt is not null)
            Assert.Equal(DateTimeOffset.Parse(StartsAt, null), Time("startsAt"));
        if (EndsAt is not null)
            Assert.Equal(DateTimeOffset.Parse(EndsAt, null), Time("endsAt"));
        if (Fires)
            Assert.Null(Time("endsAt"));
    }

    /// <summary>Looks at the alert that it raises.</summary>
    public void Check(string integration, IReadOnlyList<ReportedCondition> conditions, IReadOnlyList<AlertRaised> alerts)
    {
        var told = conditions.First(condition => condition.State == ConditionState.Firing && IsId(condition.ExternalId));
        var alert = Assert.Single(alerts, alert => Sorted(alert.Labels).SequenceEqual(Sorted(told.Labels)));
        Assert.Equal((Severity ?? PayloadStation.DefaultSeverity, "external"), (alert.Severity, alert.Kind));
        Assert.Equal(told.Title, alert.Summary);
        if (Title is not null)
            Assert.Equal(Title, alert.Summary);
        if (StartsAt is not null)
            Assert.Equal(DateTimeOffset.Parse(StartsAt, null).ToUnixTimeMilliseconds(), alert.Since?.ToUnixTimeMilliseconds());
        Assert.Equal((integration, Service, Region),
            (alert.Labels["integration"], alert.Labels.GetValueOrDefault("service"), alert.Labels.GetValueOrDefault("region")));
        Assert.Equal(Labels, alert.Labels.Where(label => Labels.ContainsKey(label.Key)).ToDictionary());
        Check(alert.Annotations);
    }

    /// <summary>Looks at what describes it.</summary>
    public void Check(IReadOnlyDictionary<string, string> annotations) =>
        Assert.Equal(Annotations, annotations.Where(one => Annotations.ContainsKey(one.Key)).ToDictionary());

    public bool IsId(string id) =>
        Id is null ? id.Length > 0 : id == Id || id.Split('/').Contains(Id) || id.EndsWith($"/{Id}", StringComparison.Ordinal);

    static IEnumerable<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> labels) =>
        labels.OrderBy(label => label.Key, StringComparer.Ordinal);
}

/// <summary>A body that comes by <c>/in/{name}</c>, and what it must come to.</summary>
/// <param name="Path">In <c>tests/payloads</c>.</param>
/// <param name="Kind">The integration's.</param>
/// <param name="Says">What it says.</param>
internal sealed record WebhookFile(string Path, string Kind, params Said[] Says)
{
    /// <summary>What its sender is answered.</summary>
    public int Status { get; init; } = 200;

    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>
    /// The other end of it: the body that ends what fires in it, and begins what is over. A captured one where there is one, else made from it.
    /// </summary>
    public Func<string, string>? Other { get; init; }

    /// <summary>Whether its sender says no time by which it could be told what came first: then what comes last is so.</summary>
    public bool HasNoTimes { get; init; }

    /// <summary>How many lines it is when it is sent twice and speaks of no condition.</summary>
    public int Lines { get; init; } = 1;

    /// <summary>How many conditions it speaks of.</summary>
    public int Conditions => Says.Count(said => said.Fires || said.IsOver);

    /// <summary>The body.</summary>
    public string Text { get; init; } = Payload.Text(Path);

    /// <summary>The body with other words in some places, all of which must be there.</summary>
    public static Func<string, string> Edit(params (string From, string To)[] edits) => body => edits.Aggregate(body, (text, edit) =>
    {
        Assert.Contains(edit.From, text);
        return text.Replace(edit.From, edit.To, StringComparison.Ordinal);
    });

    public static Func<string, string> File(string path) => _ => Payload.Text(path);
}
