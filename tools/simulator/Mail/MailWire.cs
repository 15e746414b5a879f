using System.Net.Security;
using System.Text;

namespace Sigma.Simulator.Mail;

/// <summary>The lines of a connection, in clear and later in TLS. A byte is a character: what is not ASCII stays to be seen.</summary>
internal sealed class MailWire(Stream stream) : IAsyncDisposable
{
    private const int LongestLine = 1_000_000;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private Stream _stream = stream;
    private int _next;
    private int _end;

    public bool IsSecure => _stream is SslStream;

    /// <returns>The next line with whatever ends it; null when the client has left.</returns>
    public async Task<string?> Read(CancellationToken ct)
    {
        var line = new StringBuilder();
        while (line.Length < LongestLine)
        {
            if (_next == _end)
            {
                _next = 0;
                _end = await _stream.ReadAsync(_buffer, ct);
                if (_end == 0)
                {
                    return null;
                }
            }

            var character = (char)_buffer[_next++];
            line.Append(character);
            if (character == '\n')
            {
                return line.ToString();
            }
        }

        return null;
    }

    public Task Reply(string line, CancellationToken ct) => Reply([line], ct);

    /// <summary>Several lines of one code, which the last of them begins with.</summary>
    public async Task Reply(IReadOnlyList<string> lines, CancellationToken ct)
    {
        var text = string.Concat(lines.Select((line, at) => at < lines.Count - 1 ? $"{line[..3]}-{line[4..]}\r\n" : $"{line}\r\n"));
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), ct);
        await _stream.FlushAsync(ct);
    }

    /// <summary>Begins TLS. What the client sent before its time is forgotten: it was in clear.</summary>
    public async Task Secure(CancellationToken ct)
    {
        _next = _end = 0;
        var secure = new SslStream(_stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = MailCertificate.Shown }, ct);
        _stream = secure;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
