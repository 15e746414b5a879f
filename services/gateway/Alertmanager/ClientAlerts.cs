using System.Text.Json;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Alertmanager;

/// <summary>
/// Reads what clients post to <c>/api/v2/alerts</c>. A wrong alert is told with its place, and the others are taken, as Alertmanager does. An alert
/// holds until its <c>endsAt</c>, which Prometheus puts into the future again and again; one without holds for the resolve time-out.
/// </summary>
/// <param name="integration">Whose they are.</param>
/// <param name="now">When it came.</param>
/// <param name="resolveTimeout">How long an alert holds that says no end.</param>
internal sealed class ClientAlerts(Integration integration, DateTimeOffset now, TimeSpan resolveTimeout)
{
    const int Most = 10_000, MostLabels = 100;

    static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    readonly List<Understood> _alerts = [];
    readonly List<string> _faults = [];
    readonly List<KeyValuePair<string, string>> _labels = [];

    /// <summary>Those that are right.</summary>
    public IReadOnlyList<Understood> Alerts => _alerts;

    /// <summary>What is wrong with the others, each with its place.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <exception cref="MalformedBodyException">It is no list, or no JSON.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        Utf8JsonReader reader = new(body, Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new MalformedBodyException("body", "is no list of alerts");
            for (var number = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; number++)
                Alert(ref reader, number);
            if (reader.Read())
                throw new MalformedBodyException($"byte {reader.TokenStartIndex}", "something follows the list");
        }
        catch (JsonException e)
        {
            throw new MalformedBodyException($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", Reason(e));
        }
    }

    static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    void Alert(ref Utf8JsonReader reader, int number)
    {
        if (number == Most)
            throw new MalformedBodyException($"[{number}]", $"there are more than {Most} alerts");
        var start = reader;
        try
        {
            _alerts.Add(One(ref reader));
        }
        catch (MalformedBodyException e)
        {
            _faults.Add($"[{number}]{(e.Place.Length == 0 ? "" : $".{e.Place}")}: {e.Reason}");
            reader = start;
            reader.Skip();
        }
        catch (InvalidOperationException) // what GetString throws
        {
            _faults.Add($"[{number}]: a text is not UTF-8");
            reader = start;
            reader.Skip();
        }
    }

    Understood One(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new MalformedBodyException("", "is no alert");
        _labels.Clear();
        Dictionary<string, string>? annotations = null;
        DateTimeOffset? startsAt = null, endsAt = null;
        string? url = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (reader.ValueTextEquals("labels"u8))
                Labels(ref reader);
            else if (reader.ValueTextEquals("annotations"u8))
                annotations = Annotations(ref reader);
            else if (reader.ValueTextEquals("startsAt"u8))
                startsAt = Time(ref reader, "startsAt");
            else if (reader.ValueTextEquals("endsAt"u8))
                endsAt = Time(ref reader, "endsAt");
            else if (reader.ValueTextEquals("generatorURL"u8))
                url = Text(ref reader, "generatorURL");
            else
                reader.Skip();
        if (_labels.Count == 0)
            throw new MalformedBodyException("labels", "there are none");
        if (endsAt < startsAt)
            throw new MalformedBodyException("endsAt", "it ends before it starts");
        return Understand(annotations ?? [], startsAt, endsAt, url);
    }

    Understood Understand(Dictionary<string, string> annotations, DateTimeOffset? startsAt, DateTimeOffset? endsAt, string? url)
    {
        _labels.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
        Dictionary<string, string> labels = new(_labels.Count, StringComparer.Ordinal);
        foreach (var (name, value) in _labels)
            labels[name] = value;
        var id = Fingerprint.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_labels));
        var isOver = endsAt <= now;
        DateTimeOffset? lease = isOver ? null : endsAt ?? now + resolveTimeout;
        return new()
        {
            State = isOver ? UnderstoodState.Resolved : UnderstoodState.Firing,
            ExternalId = id,
            Severity = SeverityWords.Of(labels.GetValueOrDefault("severity"), integration),
            Title = First(annotations, "summary", "title", "message") ?? labels.GetValueOrDefault("alertname"),
            Text = First(annotations, "description"),
            StartsAt = startsAt ?? (isOver ? endsAt : null),
            EndsAt = isOver ? endsAt : null,
            // An end is told again for some minutes: later it must not end what has begun anew. Before that our clocks may differ.
            ReportedAt = isOver && now - endsAt > ClockDifference ? endsAt : null,
            LeaseUntil = lease,
            Service = labels.GetValueOrDefault("service"),
            Region = labels.GetValueOrDefault("region"),
            Labels = labels,
            Annotations = annotations,
            Url = url is not null && (url.StartsWith("http://", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal))
                ? url : null,
            LabelsIdentify = true,
            DeliveryKey = "", // the same again does no harm, and a repetition says that it holds on
        };
    }

    static string? First(Dictionary<string, string> annotations, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (annotations.TryGetValue(name, out var value) && value.Length > 0)
                return value;
        return null;
    }

    // Empty ones are none.
    void Labels(ref Utf8JsonReader reader)
    {
        Open(ref reader, "labels");
        _labels.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var value = Text(ref reader, $"labels.{name}");
            if (name.Length == 0)
                throw new MalformedBodyException("labels", "one has no name");
            if (_labels.Exists(label => label.Key == name))
                throw new MalformedBodyException($"labels.{name}", "it is there twice");
            if (_labels.Count == MostLabels)
                throw new MalformedBodyException("labels", $"there are more than {MostLabels}");
            if (value is { Length: > 0 })
                _labels.Add(new(name, value));
        }
    }

    static Dictionary<string, string> Annotations(ref Utf8JsonReader reader)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        if (Open(ref reader, "annotations"))
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (found.Count == MostLabels)
                    throw new MalformedBodyException("annotations", $"there are more than {MostLabels}");
                if (Text(ref reader, $"annotations.{name}") is { Length: > 0 } value)
                    found[name] = value;
            }
        return found;
    }

    static bool Open(ref Utf8JsonReader reader, string place)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null when place != "labels" => false,
            _ => throw new MalformedBodyException(place, "is no object"),
        };
    }

    static string? Text(ref Utf8JsonReader reader, string place)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw new MalformedBodyException(place, "is no text"),
        };
    }

    // The year 1 means that there is none.
    static DateTimeOffset? Time(ref Utf8JsonReader reader, string place)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null || reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(""u8))
            return null;
        if (reader.TokenType != JsonTokenType.String)
            throw new MalformedBodyException(place, "is no time");
        return Rfc3339.TryParse(reader.GetString()!, out var time) ? time.Year == 1 ? null : time
            : throw new MalformedBodyException(place, $"is no time: {reader.GetString()}");
    }
}
