namespace Sigma.Simulator.Outages;

/// <summary>What providers' pages of outages say, each in its own shape. Whatever stands here instead of a feed is served as it is.</summary>
public sealed class OutageBoard
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<SimulatedOutage>> _outages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (byte[] Body, string ContentType)> _bodies = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The outages of a kind of feed, the newest first.</summary>
    /// <param name="kind">gcp, aws, aws-rss, azure, oci or statuspage.</param>
    public IReadOnlyList<SimulatedOutage> Of(string kind)
    {
        lock (_lock)
        {
            return _outages.TryGetValue(kind, out var outages) ? [.. outages] : [];
        }
    }

    /// <summary>Adds an outage, or changes the one of the same id.</summary>
    public void Put(string kind, SimulatedOutage outage)
    {
        lock (_lock)
        {
            var outages = _outages.TryGetValue(kind, out var known) ? known : _outages[kind] = [];
            var at = outages.FindIndex(one => one.Id == outage.Id);
            if (at >= 0)
            {
                outages[at] = outage;
            }
            else
            {
                outages.Insert(0, outage);
            }
        }
    }

    /// <summary>Takes an outage from the feed, as if it had never been there.</summary>
    public void Remove(string kind, string id)
    {
        lock (_lock)
        {
            if (_outages.TryGetValue(kind, out var outages))
            {
                outages.RemoveAll(one => one.Id == id);
            }
        }
    }

    /// <summary>Serves this body in the place of a feed; null takes it back.</summary>
    public void Serve(string kind, byte[]? body, string contentType = "application/json")
    {
        lock (_lock)
        {
            if (body is null)
            {
                _bodies.Remove(kind);
            }
            else
            {
                _bodies[kind] = (body, contentType);
            }
        }
    }

    internal (byte[] Body, string ContentType)? Served(string kind)
    {
        lock (_lock)
        {
            return _bodies.TryGetValue(kind, out var served) ? served : null;
        }
    }

    internal void Clear()
    {
        lock (_lock)
        {
            _outages.Clear();
            _bodies.Clear();
        }
    }
}
