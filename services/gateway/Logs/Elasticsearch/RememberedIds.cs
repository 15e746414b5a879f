using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Sigma.Gateway.Logs.Elasticsearch;

/// <summary>
/// The <c>_id</c>s of lines that the broker has taken, so that a bulk request that is sent again adds nothing twice. Only so many, and only in this
/// process: a shipper sends again within seconds.
/// </summary>
internal sealed class RememberedIds(IOptions<GatewayOptions> options)
{
    readonly ConcurrentDictionary<string, Ids> _byIntegration = [];
    readonly int _most = options.Value.Logs.RememberedIds;

    /// <summary>Whether an integration's line with this index and id has been taken.</summary>
    public bool Has(string integration, BulkItem item) => _byIntegration.TryGetValue(integration, out var ids) && ids.Has(Key(item));

    /// <summary>These have been taken.</summary>
    public void Add(string integration, IEnumerable<BulkItem> items)
    {
        if (_most > 0)
            _byIntegration.GetOrAdd(integration, _ => new Ids(_most)).Add(items.Select(Key));
    }

    static UInt128 Key(BulkItem item)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes($"{item.Index}\0{item.Id}".AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    sealed class Ids(int most)
    {
        readonly Lock _lock = new();
        readonly HashSet<UInt128> _known = [];
        readonly Queue<UInt128> _inOrder = [];

        public bool Has(UInt128 id)
        {
            lock (_lock)
                return _known.Contains(id);
        }

        public void Add(IEnumerable<UInt128> ids)
        {
            lock (_lock)
                foreach (var id in ids)
                {
                    if (!_known.Add(id))
                        continue;
                    _inOrder.Enqueue(id);
                    if (_inOrder.Count > most)
                        _known.Remove(_inOrder.Dequeue());
                }
        }
    }
}
