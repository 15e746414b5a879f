namespace Sigma.Gateway.Logs.Syslog;

/// <summary>
/// Finds the messages in a stream: with their length before them (<c>LEN SP MSG</c>) where a message follows it, otherwise up to the end of the line.
/// What is longer than allowed is cut, and its rest is passed over without being held.
/// </summary>
/// <param name="longest">Bytes of a message.</param>
internal sealed class SyslogFraming(int longest)
{
    const int MostDigits = 9;

    long _bytesToSkip;
    bool _skipsLine;

    /// <summary>The buffer that is needed at most: a message and the length before it.</summary>
    public int LargestBuffer => longest + MostDigits + 2;

    /// <summary>
    /// Takes a step forward: finds a message, or passes something over (then it is empty). Not, when more must be read.
    /// </summary>
    /// <param name="data">What has been read and not been consumed.</param>
    /// <param name="isEnd">Whether nothing follows it.</param>
    /// <param name="message">The message.</param>
    /// <param name="isCut">Whether it was longer.</param>
    /// <param name="consumed">Bytes of the data that are done with.</param>
    public bool TryTake(ReadOnlySpan<byte> data, bool isEnd, out ReadOnlySpan<byte> message, out bool isCut, out int consumed)
    {
        message = default;
        isCut = false;
        consumed = 0;
        if (data.IsEmpty)
            return false;
        if (_bytesToSkip > 0 || _skipsLine)
        {
            consumed = Skip(data);
            return true;
        }
        if (data[0] is (byte)'\n' or (byte)'\r' or 0)
        {
            consumed = 1;
            return true;
        }
        return Length(data, isEnd) switch
        {
            null => false,
            (0, _) => TakeLine(data, isEnd, out message, out isCut, out consumed),
            var (begin, length) => TakeCounted(data, isEnd, begin, length, out message, out isCut, out consumed),
        };
    }

    int Skip(ReadOnlySpan<byte> data)
    {
        if (_bytesToSkip > 0)
        {
            var skipped = (int)Math.Min(_bytesToSkip, data.Length);
            _bytesToSkip -= skipped;
            return skipped;
        }
        var end = data.IndexOf((byte)'\n');
        _skipsLine = end < 0;
        return end < 0 ? data.Length : end + 1;
    }

    // Where the message begins and how long it says to be; (0, 0) when no length stands before it; null when that cannot be seen yet. A line may
    // well begin with a number, a message that a length stands before begins with '<'.
    static (int Begin, long Length)? Length(ReadOnlySpan<byte> data, bool isEnd)
    {
        long length = 0;
        for (var at = 0; at < data.Length && at <= MostDigits; at++)
        {
            if (char.IsAsciiDigit((char)data[at]) && at < MostDigits && (at > 0 || data[0] != '0'))
            {
                length = length * 10 + (data[at] - '0');
                continue;
            }
            if (at == 0 || data[at] != ' ')
                return (0, 0);
            if (at + 1 == data.Length)
                return isEnd ? (0, 0) : null;
            return data[at + 1] == '<' ? (at + 1, length) : (0, 0);
        }
        return isEnd ? (0, 0) : null;
    }

    bool TakeCounted(ReadOnlySpan<byte> data, bool isEnd, int begin, long length, out ReadOnlySpan<byte> message, out bool isCut, out int consumed)
    {
        var taken = (int)Math.Min(length, longest);
        isCut = length > longest;
        if (data.Length >= begin + taken)
            _bytesToSkip = length - taken;
        else if (isEnd)
        {
            taken = data.Length - begin; // the peer is gone: all that there is
            isCut = true;
        }
        else
        {
            message = default;
            consumed = 0;
            return false;
        }
        message = data.Slice(begin, taken);
        consumed = begin + taken;
        return true;
    }

    bool TakeLine(ReadOnlySpan<byte> data, bool isEnd, out ReadOnlySpan<byte> message, out bool isCut, out int consumed)
    {
        var end = data.IndexOf((byte)'\n');
        var length = end >= 0 ? end : data.Length;
        isCut = length > longest;
        message = data[..Math.Min(length, longest)];
        consumed = end >= 0 ? end + 1 : message.Length;
        if (end >= 0 || isEnd)
        {
            if (end < 0 && isCut)
                consumed = data.Length;
            return true;
        }
        _skipsLine = isCut;
        if (isCut)
            return true;
        message = default;
        consumed = 0;
        return false;
    }
}
