using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Received;

namespace Sigma.Simulator.Vendors;

/// <summary>The messages a vendor took, and how many of them it took twice.</summary>
public sealed class Inbox
{
    private const int Kept = 1_000;

    private readonly ReceivedLog _received;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Queue<ReceivedPost> _posts = new();
    private int _count;
    private int _duplicates;

    internal Inbox(string vendor, ReceivedLog received, TimeProvider clock, ILogger log)
    {
        Vendor = vendor;
        _received = received;
        _clock = clock;
        _log = log;
    }

    /// <summary>The vendor's name, in small letters.</summary>
    public string Vendor { get; }

    /// <summary>The last 1,000 messages, oldest first. <see cref="ReceivedLog.Until"/> looks again at each arrival.</summary>
    public IReadOnlyList<ReceivedPost> Posts => _received.Copy(_posts);

    /// <summary>How many there were in all.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many of them were duplicates.</summary>
    public int Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Keeps a message; without a key of the vendor's own, its body tells whether it is one that was there before.</summary>
    internal ReceivedPost Add(HttpContext context, string to, string text, JsonElement body, string? key = null) =>
        Add(to, text, body, key, !FaultInjection.BreaksOff(context));

    /// <summary>The same of one that did not come over HTTP.</summary>
    internal ReceivedPost Add(string to, string text, JsonElement body, string? key, bool answered)
    {
        key ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.GetRawText())))[..16];
        var post = new ReceivedPost(_clock.GetUtcNow(), to, text, key, body, answered, false);
        _received.Change(() =>
        {
            post = post with { IsDuplicate = _posts.Any(former => former.Key == key && former.To == to) };
            _posts.Enqueue(post);
            _count++;
            _duplicates += post.IsDuplicate ? 1 : 0;
            if (_posts.Count > Kept)
            {
                _posts.Dequeue();
            }
        });
        _log.LogInformation("{Vendor} took a message for {Recipient}, {Characters} characters, duplicate: {IsDuplicate}",
            Vendor, Mask.Of(to), text.Length, post.IsDuplicate);
        return post;
    }

    internal void Clear() => _received.Change(() =>
    {
        _posts.Clear();
        _count = 0;
        _duplicates = 0;
    });
}
