using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Sigma.Segware;

/// <summary>
/// Finds where each record of a list begins and ends, in bytes that come piece by piece. It knows strings and brackets and nothing else of JSON, so
/// that it finds the next record also behind one that is not JSON.
/// </summary>
internal sealed class RecordSplitter : IDisposable
{
    const int FirstRoom = 64 * 1024, LeastRoom = 16 * 1024, LongestRecord = 1 << 20, KeptOfTooLong = 16 * 1024, LongestWords = 64 * 1024;

    static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    readonly RecordReader _reader = new();
    readonly List<byte> _open = []; // the brackets that are open within the record
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstRoom);
    int _end, _at, _start = -1, _braces, _brackets, _strayEnd = -1;
    bool _begun, _inString, _bodyEnded, _listEnded;
    byte[]? _tooLong; // the beginning of a record that is longer than it may be

    /// <summary>Whether every record was handed out.</summary>
    public bool HasEnded => _bodyEnded && _listEnded;

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Room()
    {
        DropWhatIsRead();
        if (_buffer.Length - _end < LeastRoom)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        return _buffer.AsMemory(_end);
    }

    /// <summary>So many bytes were put there; none at the end of the body.</summary>
    public void Add(int bytes)
    {
        _end += bytes;
        _bodyEnded = bytes == 0;
    }

    /// <summary>The next record, if all of it has come.</summary>
    public bool Next(out JsonRecord record)
    {
        if (_reader.TryNext(out record))
            return true;
        if (!(_begun || Begin()) || !(Find(out var start, out var end) || Rest(out start, out end)))
            return false;
        record = _tooLong is { } beginning ? new JsonRecord($"it is longer than {LongestRecord >> 20} MB", beginning)
            : _reader.Read(_buffer.AsMemory(start, end - start));
        _tooLong = null;
        return true;
    }

    public void Dispose()
    {
        _reader.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    /// <summary>Whether the list has begun.</summary>
    bool Begin()
    {
        if (_at == 0 && _end < Utf8Mark.Length && !_bodyEnded)
            return false;
        if (_at == 0 && _buffer.AsSpan(0, _end).StartsWith(Utf8Mark))
            _at = Utf8Mark.Length;
        while (_at < _end && IsWhite(_buffer[_at]))
            _at++;
        if (_at < _end && _buffer[_at] == '[')
        {
            _at++;
            return _begun = true;
        }
        if (!_bodyEnded && _end - _at < (_at < _end ? LongestWords : 1))
            return false;
        throw NotAList(Encoding.UTF8.GetString(_buffer, _at, Math.Min(_end - _at, LongestWords)));
    }

    static Exception NotAList(string body)
    {
        var words = ResponseText.OneLine(body, 300);
        if (body.Contains(OverLimitException.MessageKey, StringComparison.Ordinal))
            return new OverLimitException(words);
        var what = body switch
        {
            "" => "nothing",
            ['{', ..] => "an object",
            ['<', ..] => "a page",
            _ when words is "null" => "null",
            _ => "text",
        };
        return new NotAListException(what is "nothing" or "null" ? $"{what} instead of a list" : $"{what} instead of a list: {words}");
    }

    /// <summary>Goes on to the end of the record at hand, if it has come; also to the end of the list.</summary>
    bool Find(out int start, out int end)
    {
        start = 0;
        end = 0;
        if (_listEnded)
            return false;
        var bytes = _buffer.AsSpan(0, _end);
        while (_at < bytes.Length)
        {
            if (_inString)
            {
                var step = bytes[_at..].IndexOfAny((byte)'"', (byte)'\\');
                _at = step < 0 ? bytes.Length : _at + step;
                if (step < 0)
                    break;
                if (bytes[_at] == '\\')
                {
                    if (_at + 1 == bytes.Length && !_bodyEnded)
                        break;
                    _at += 2;
                    continue;
                }
                // A quote that nothing of JSON follows is one within the text that somebody forgot to escape.
                var next = AfterWhite(bytes, _at + 1);
                if (next == bytes.Length && !_bodyEnded)
                    break;
                _inString = next < bytes.Length && bytes[next] is not ((byte)',' or (byte)':' or (byte)'}' or (byte)']');
                _at++;
                continue;
            }
            var b = bytes[_at];
            if (IsWhite(b))
            {
                _at++;
                continue;
            }
            if (b == ',')
            {
                if (_open.Count > 0 && _open[^1] == '{')
                {
                    var next = AfterWhite(bytes, _at + 1);
                    if (next == bytes.Length && !_bodyEnded)
                        break;
                    // Within an object a name follows: where another object does, the first was never closed.
                    if (next == bytes.Length || bytes[next] != '{')
                    {
                        _at++;
                        continue;
                    }
                }
                else if (_open.Count > 0)
                {
                    _at++;
                    continue;
                }
                if (EndRecord(out start, out end))
                    return true;
                continue;
            }
            if (b == ']' && _open.Count == 0)
            {
                _listEnded = true;
                return EndRecord(out start, out end);
            }
            if (_start < 0)
                _start = _at;
            switch (b)
            {
                case (byte)'"':
                    _inString = true;
                    break;
                case (byte)'{':
                    _open.Add(b);
                    _braces++;
                    break;
                case (byte)'[':
                    _open.Add(b);
                    _brackets++;
                    break;
                case (byte)'}' when _braces > 0:
                    Close((byte)'{');
                    break;
                case (byte)']' when _brackets > 0:
                    Close((byte)'[');
                    break;
                case (byte)']':
                    _strayEnd = _at;
                    break;
            }
            _at++;
        }
        return false;
    }

    /// <summary>What stands at the end of the body: nothing, or the last record, which was never closed.</summary>
    bool Rest(out int start, out int end)
    {
        start = 0;
        end = 0;
        if (_listEnded)
        {
            _at = AfterWhite(_buffer.AsSpan(0, _end), _at);
            return _at == _end ? false : throw new JsonException("something follows the end of the list");
        }
        if (!_bodyEnded)
            return false;
        var last = _end;
        while (last > 0 && IsWhite(_buffer[last - 1]))
            last--;
        var text = _start < 0 ? default : _buffer.AsSpan(_start, last - _start);
        if (text is not [.., (byte)']'] || !(_strayEnd == last - 1 || _inString && text[..^1].TrimEnd(" \t\r\n"u8) is [.., (byte)'}']))
            throw new JsonException("the list breaks off before its end");
        _listEnded = true;
        _at = last - 1;
        var found = EndRecord(out start, out end);
        _at = _end;
        return found;
    }

    /// <summary>Ends the record at hand before the present byte and goes behind it; says whether there was one.</summary>
    bool EndRecord(out int start, out int end)
    {
        start = _start;
        end = _at;
        while (end > start && start >= 0 && IsWhite(_buffer[end - 1]))
            end--;
        _at++;
        _start = -1;
        _strayEnd = -1;
        _braces = 0;
        _brackets = 0;
        _inString = false;
        _open.Clear();
        return start >= 0;
    }

    /// <summary>Closes the last bracket of this kind, and those within it that were forgotten.</summary>
    void Close(byte kind)
    {
        byte closed;
        do
        {
            closed = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            if (closed == '{')
                _braces--;
            else
                _brackets--;
        }
        while (closed != kind);
    }

    void DropWhatIsRead()
    {
        if (_start >= 0 && _at - _start > LongestRecord)
            _tooLong ??= _buffer.AsSpan(_start, KeptOfTooLong).ToArray();
        if (_tooLong is not null)
            _start = _at;
        var kept = !_begun ? 0 : _start >= 0 ? _start : _at;
        if (kept == 0)
            return;
        _buffer.AsSpan(kept, _end - kept).CopyTo(_buffer);
        _end = _end - kept;
        _at = _at - kept;
        _start = _start < 0 ? -1 : _start - kept;
        _strayEnd = Math.Max(-1, _strayEnd - kept);
    }

    static int AfterWhite(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && IsWhite(bytes[at]))
            at++;
        return at;
    }

    // A control character between two values is nothing to stumble over.
    static bool IsWhite(byte b) => b <= ' ';
}
