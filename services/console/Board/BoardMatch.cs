using System.Text;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>A filter and the limits of who asks, prepared so that an alert is looked at without a look-up where that can be.</summary>
internal sealed class BoardMatch
{
    /// <summary>All fields fit.</summary>
    public const int NoMiss = -1;

    /// <summary>More than one field does not fit, or one that is not counted.</summary>
    public const int Misses = -2;

    readonly BoardFilter _filter;
    readonly byte[][] _words;
    readonly Condition[] _fields, _limits;

    public BoardMatch(BoardFilter filter, LabelLimits limits, BoardTexts texts)
    {
        _filter = filter;
        _words = Array.ConvertAll(SearchText.Words(filter.Text), Encoding.UTF8.GetBytes);
        _fields = [.. filter.Fields.Select(field => new Condition(field.Key, BoardFields.At(field.Key), field.Value, texts))];
        // What is limited is a label, whatever fields are called, or one of the two names.
        _limits = [.. limits.Values.Select(limit => limit.Key is LabelLimits.Company or LabelLimits.ClientGroup or BoardFields.Account
            ? new Condition(limit.Key, BoardFields.At(limit.Key), [.. limit.Value.Where(value => value.Length > 0)], texts)
            : new Condition(AlertView.LabelPrefix + limit.Key, -1, limit.Value, texts) { MustBeThere = true })];
    }

    public bool StateFits(BoardAlert alert)
    {
        var view = alert.View;
        return view.Shadow == _filter.Shadow
            && (view.ClearedAt is null || _filter.Keep && alert.Stays)
            && (_filter.Acknowledged is not { } acknowledged || acknowledged == view.AcknowledgedAt is not null)
            && (_filter.Snoozed is not { } snoozed || snoozed == view.Snoozed);
    }

    public bool IsVisible(BoardAlert alert)
    {
        foreach (var limit in _limits)
            if (!limit.Fits(alert))
                return false;
        return true;
    }

    public bool TextFits(BoardAlert alert)
    {
        foreach (var word in _words)
            if (alert.Search.AsSpan().IndexOf(word) < 0)
                return false;
        return true;
    }

    /// <summary>The place of the one field that does not fit; else <see cref="NoMiss"/> or <see cref="Misses"/>.</summary>
    public int FieldMiss(BoardAlert alert)
    {
        var miss = NoMiss;
        foreach (var field in _fields)
        {
            if (field.Fits(alert))
                continue;
            if (miss != NoMiss || field.At < 0)
                return Misses;
            miss = field.At;
        }
        return miss;
    }

    /// <summary>Whether it fits, over or not.</summary>
    public bool FitsWhenever(BoardAlert alert) => FitsWhateverState(alert)
        && (_filter.Acknowledged is not { } acknowledged || acknowledged == alert.View.AcknowledgedAt is not null)
        && (_filter.Snoozed is not { } snoozed || snoozed == alert.View.Snoozed);

    /// <summary>Whether a raise of it is counted, over or not.</summary>
    public bool FitsWhateverState(BoardAlert alert) =>
        alert.View.Shadow == _filter.Shadow && IsVisible(alert) && FieldMiss(alert) == NoMiss && TextFits(alert);

    sealed class Condition(string name, int at, IReadOnlyList<string> values, BoardTexts texts)
    {
        readonly int[] _numbers = at < 0 ? []
            : [.. values.Select(texts[at].Find).Where(number => number >= 0)];
        readonly string[] _values = at < 0 ? [.. values] : [];

        public int At => at;

        /// <summary>An empty value is one that is there, not one that is missing.</summary>
        public bool MustBeThere { get; init; }

        public bool Fits(BoardAlert alert)
        {
            if (at >= 0)
            {
                foreach (var number in _numbers)
                    if (alert.Numbers[at] == number)
                        return true;
                return false;
            }
            var found = alert.View.Field(name);
            if (found is null && MustBeThere)
                return false;
            foreach (var value in _values)
                if (value == (found ?? ""))
                    return true;
            return false;
        }
    }
}
