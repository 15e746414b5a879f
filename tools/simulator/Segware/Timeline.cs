namespace Sigma.Simulator.Segware;

/// <summary>Items ordered by time, those of the same moment in the order they came. Not safe for two threads.</summary>
internal sealed class Timeline<T>(Func<T, DateTimeOffset> timeOf)
{
    private List<T> _items = [];

    public int Count => _items.Count;

    public void Add(T item)
    {
        var time = timeOf(item);
        if (_items.Count == 0 || timeOf(_items[^1]) <= time)
        {
            _items.Add(item);
        }
        else
        {
            _items.Insert(FirstAfter(time, orAt: false), item);
        }
    }

    public void AddRange(IEnumerable<T> items)
    {
        var sorted = items.OrderBy(timeOf).ToList();
        if (sorted.Count == 0)
        {
            return;
        }

        var overlap = FirstAfter(timeOf(sorted[0]), orAt: false);
        if (overlap == _items.Count)
        {
            _items.AddRange(sorted);
        }
        else
        {
            Merge(sorted, overlap);
        }
    }

    public void Remove(T item) => _items.Remove(item);

    public void Clear() => _items = [];

    public IEnumerable<T> Within(TimeSlice slice)
    {
        var end = FirstAfter(slice.To, orAt: !slice.ToInclusive);
        for (var i = FirstAfter(slice.From, orAt: slice.FromInclusive); i < end; i++)
        {
            yield return _items[i];
        }
    }

    private void Merge(List<T> sorted, int overlap)
    {
        var tail = _items.GetRange(overlap, _items.Count - overlap);
        _items.RemoveRange(overlap, tail.Count);
        _items.EnsureCapacity(overlap + tail.Count + sorted.Count);

        var next = 0;
        foreach (var old in tail)
        {
            while (next < sorted.Count && timeOf(sorted[next]) < timeOf(old))
            {
                _items.Add(sorted[next++]);
            }

            _items.Add(old);
        }

        _items.AddRange(sorted.Skip(next));
    }

    private int FirstAfter(DateTimeOffset time, bool orAt)
    {
        var low = 0;
        var high = _items.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var there = timeOf(_items[middle]);
            if (there > time || (orAt && there == time))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
