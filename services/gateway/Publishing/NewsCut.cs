using Sigma.Contracts;

namespace Sigma.Gateway.Publishing;

/// <summary>Cuts news into messages of at most 1,000 items and about 256 KB.</summary>
internal static class NewsCut
{
    const int MostItems = 1000, LargestMessage = 256 * 1024, AroundItem = 64, AroundPair = 6;

    /// <summary>The pieces in their order, each with its size in bytes, as estimated.</summary>
    public static IEnumerable<(T[] Items, int Bytes)> Cut<T>(IReadOnlyList<T> items, Func<T, int> size)
    {
        List<T> piece = new(Math.Min(items.Count, MostItems));
        var bytes = 0;
        foreach (var item in items)
        {
            var one = size(item);
            if (piece.Count > 0 && (piece.Count == MostItems || bytes + one > LargestMessage))
            {
                yield return ([.. piece], bytes);
                piece.Clear();
                bytes = 0;
            }
            piece.Add(item);
            bytes += one;
        }
        if (piece.Count > 0)
            yield return ([.. piece], bytes);
    }

    public static Func<LogLine, int> SizeOfLines()
    {
        PairSizes labels = new(), fields = new();
        return line => AroundItem + line.Text.Length + labels.Of(line.Labels) + (line.Fields is { } more ? fields.Of(more) : 0);
    }

    public static Func<Sample, int> SizeOfSamples()
    {
        PairSizes labels = new();
        return sample => AroundItem + sample.Series.Length + labels.Of(sample.Labels);
    }

    public static int SizeOf(Beat beat) => AroundItem + (beat.Text?.Length ?? 0) + new PairSizes().Of(beat.Labels);

    public static int SizeOf(ReportedCondition condition)
    {
        PairSizes pairs = new();
        return 4 * AroundItem + condition.ExternalId.Length + (condition.Title?.Length ?? 0) + (condition.Url?.Length ?? 0)
            + pairs.Of(condition.Labels) + pairs.Of(condition.Annotations);
    }

    // Many lines share one set of labels.
    sealed class PairSizes
    {
        IReadOnlyDictionary<string, string>? _last;
        int _size;

        public int Of(IReadOnlyDictionary<string, string> pairs)
        {
            if (ReferenceEquals(pairs, _last))
                return _size;
            _size = 0;
            foreach (var (name, value) in pairs)
                _size += AroundPair + name.Length + value.Length;
            _last = pairs;
            return _size;
        }
    }
}
