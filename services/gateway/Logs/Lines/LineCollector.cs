using System.Globalization;
using Sigma.Contracts;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Intake;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>Gathers the lines of one request, or of one reading from a connection, within their limits.</summary>
internal sealed class LineCollector(Integration integration, LogsOptions limits, DateTimeOffset receivedAt)
{
    const string SaidTime = "said_time";

    readonly List<LogLine> _lines = [];

    /// <summary>Whose lines they are.</summary>
    public Integration Integration => integration;

    /// <summary>Limits of lines.</summary>
    public LogsOptions Limits => limits;

    /// <summary>Levels of a JSON body.</summary>
    public int DeepestJson { get; init; } = 64;

    /// <summary>When they came, UTC.</summary>
    public DateTimeOffset ReceivedAt => receivedAt;

    /// <summary>The lines so far, in their order.</summary>
    public IReadOnlyList<LogLine> Lines => _lines;

    /// <summary>Characters of the texts of all that were added.</summary>
    public long Length { get; private set; }

    /// <summary>How many of them were cut.</summary>
    public int Cut { get; private set; }

    /// <summary>Labels of the line that is being read.</summary>
    public LineLabels Labels { get; } = new(integration, limits);

    /// <summary>Fields of the line that is being read.</summary>
    public LineFields Fields { get; } = new(limits);

    /// <summary>A label, or a field where no label fits.</summary>
    public void Set(string name, string value)
    {
        if (!Labels.Set(name, value))
            Fields.Add(name, value);
    }

    /// <summary>Ends a line that has the labels and fields gathered since the line before.</summary>
    public void Add(DateTimeOffset? at, string text, string? level)
    {
        Add(at, Labels.Build(), text, level);
        Labels.Clear();
    }

    /// <summary>Ends a line that has labels shared with others, and the fields gathered since the line before.</summary>
    /// <exception cref="RefusedException">There are more lines than one request may have.</exception>
    public void Add(DateTimeOffset? at, IReadOnlyDictionary<string, string> labels, string text, string? level)
    {
        if (_lines.Count >= limits.LinesPerRequest)
            throw new RefusedException(Refusal.TooLarge, $"More than {limits.LinesPerRequest} lines in one request");
        if (text.Length > limits.LongestLine)
        {
            text = Truncated.Of(text, limits.LongestLine);
            Cut++;
        }
        if (at > receivedAt + limits.MostAhead)
        {
            Fields.Add(SaidTime, at.Value.ToString("O", CultureInfo.InvariantCulture));
            at = null;
        }
        Length += text.Length;
        _lines.Add(new LogLine { At = at ?? receivedAt, Labels = labels, Text = text, Level = level, Fields = Fields.Take() });
    }

    /// <summary>Counts one that was cut before it came here.</summary>
    public void CountCut() => Cut++;

    /// <summary>Forgets all lines but the first so many.</summary>
    public void KeepFirst(int count) => _lines.RemoveRange(count, _lines.Count - count);

    /// <summary>Forgets the lines at these places.</summary>
    public void Remove(IReadOnlySet<int> places)
    {
        var place = 0;
        _lines.RemoveAll(_ => places.Contains(place++));
    }
}
