using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Benchmarks.Screens;

/// <summary>
/// A live page as a browser has it, without the browser: loads the page, opens its connection, has the page's components live there, and answers as
/// blazor.web.js does, also that so many rows of a list are seen. What it is sent to draw is heard, not drawn.
/// </summary>
internal sealed partial class Circuit : IScreen
{
    // As much of a list as a large screen shows.
    const int Height = 900;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), BetweenPings = TimeSpan.FromSeconds(10);

    readonly ClientWebSocket _socket = new();
    readonly SemaphoreSlim _turn = new(1, 1);
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously),
        _rows = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ConsoleSession _session;
    readonly Hearing _hearing;
    Task _work = Task.CompletedTask;
    string? _id;
    long _calls;

    Circuit(ConsoleSession session, Hearing hearing) => (_session, _hearing) = (session, hearing);

    public Exception? Failure { get; private set; }

    /// <summary>Opens a page of the board, its part behind the question mark given; returns when its live rows have come.</summary>
    public static async Task<Circuit> Open(ConsoleSession session, string filter, Hearing hearing, CancellationToken ct)
    {
        Circuit circuit = new(session, hearing);
        try
        {
            var address = new Uri(session.Console, filter.Length == 0 ? "/" : $"/?{filter}");
            var page = await session.Pages.GetStringAsync(address, ct);
            var markers = Markers().Matches(page).Select(match => match.Groups[1].Value).ToList();
            if (markers.Count == 0)
                throw new InvalidOperationException($"{address} has no live part.");
            await circuit.Connect(ct);
            var state = State().Match(page) is { Success: true } found ? found.Groups[1].Value : "";
            await circuit.Send(PackWriter.Call("0", "StartCircuit", session.Console.ToString(), address.ToString(), "[]", state), ct);
            await circuit._started.Task.WaitAsync(Patience, ct);
            var operations = markers.Select((marker, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{marker}}}""");
            await circuit.Send(PackWriter.Call(null, "UpdateRootComponents",
                $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state), ct);
            await circuit._rows.Task.WaitAsync(Patience, ct);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says that it goes, as a browser does: else the page would be kept for a while.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_id is not null && Failure is null)
            try
            {
                using MultipartFormDataContent form = new() { { new StringContent(_id), "circuitId" } };
                (await _session.Pages.PostAsync("_blazor/disconnect", form)).Dispose();
            }
            catch (HttpRequestException)
            {
                // the console is gone before
            }
        await _stop.CancelAsync();
        await _work;
        _socket.Dispose();
        _turn.Dispose();
        _stop.Dispose();
    }

    async Task Connect(CancellationToken ct)
    {
        _socket.Options.Cookies = _session.Cookies;
        _socket.Options.SetRequestHeader("Origin", _session.Console.GetLeftPart(UriPartial.Authority));
        _socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions(); // as browsers do
        await _socket.ConnectAsync(new UriBuilder(new Uri(_session.Console, "_blazor")) { Scheme = "ws" }.Uri, ct);
        await _socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, ct);
        _work = Work();
    }

    async Task Work()
    {
        var pings = Ping();
        try
        {
            await Receive();
            throw new EndOfStreamException("The page's connection has ended.");
        }
        catch (Exception e)
        {
            if (!_stop.IsCancellationRequested)
            {
                Failure = e;
                _started.TrySetException(e);
                _rows.TrySetException(e);
            }
        }
        await pings;
    }

    async Task Ping()
    {
        try
        {
            using PeriodicTimer timer = new(BetweenPings);
            while (await timer.WaitForNextTickAsync(_stop.Token) && Failure is null)
                await Send(PackWriter.OfPing, _stop.Token);
        }
        catch (Exception)
        {
            // it is closed, or what reads says why not
        }
    }

    async Task Receive()
    {
        var buffer = new byte[64 * 1024];
        var (filled, isOpen) = (0, false);
        while (true)
        {
            if (filled == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
            var got = await _socket.ReceiveAsync(buffer.AsMemory(filled), _stop.Token);
            if (got.MessageType == WebSocketMessageType.Close)
                return;
            filled += got.Count;
            var taken = 0;
            if (!isOpen && buffer.AsSpan(0, filled).IndexOf((byte)0x1e) is var end and >= 0)
            {
                if (buffer.AsSpan(0, end).IndexOf("error"u8) >= 0)
                    throw new InvalidDataException(Encoding.UTF8.GetString(buffer, 0, end));
                (isOpen, taken) = (true, end + 1);
            }
            while (isOpen && Frame(buffer.AsSpan(taken, filled - taken)) is ({ } head, { } length))
            {
                foreach (var answer in Take(buffer.AsSpan(taken + head, length)))
                    await Send(answer, _stop.Token);
                taken += head + length;
            }
            buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
            filled -= taken;
        }
    }

    /// <summary>Where the next message begins and how long it is, once all of it is there.</summary>
    static (int? Head, int? Length) Frame(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < bytes.Length && i < 5; i++)
        {
            length |= (bytes[i] & 0x7f) << 7 * i;
            if ((bytes[i] & 0x80) == 0)
                return bytes.Length - i - 1 >= length ? (i + 1, length) : (null, null);
        }
        return (null, null);
    }

    List<byte[]> Take(ReadOnlySpan<byte> message)
    {
        const int Invocation = 1, Completion = 3, Close = 7, IsError = 1;
        PackReader reader = new(message);
        reader.Array();
        switch (reader.Integer())
        {
            case Invocation:
                reader.Skip();
                reader.Skip();
                return Called(Encoding.UTF8.GetString(reader.Text()), ref reader);
            case Completion:
                reader.Skip();
                reader.Skip();
                if (reader.Integer() == IsError)
                    throw new InvalidDataException(Encoding.UTF8.GetString(reader.Text()));
                _id = Encoding.UTF8.GetString(reader.Text());
                _started.TrySetResult();
                return [];
            case Close:
                throw new InvalidDataException($"The server closes: {Encoding.UTF8.GetString(reader.Text())}");
            default:
                return [];
        }
    }

    List<byte[]> Called(string target, ref PackReader reader)
    {
        reader.Array();
        switch (target)
        {
            case "JS.RenderBatch":
                var batch = reader.Integer();
                var drawn = reader.Text();
                _hearing(default, drawn);
                if (!_rows.Task.IsCompleted && drawn.IndexOf("data-row"u8) >= 0)
                    _rows.TrySetResult();
                return [PackWriter.Call(null, "OnRenderCompleted", batch, null)];
            case "JS.BeginInvokeJS":
                return Script(reader.Integer(), Encoding.UTF8.GetString(reader.Text()), Encoding.UTF8.GetString(reader.Text()));
            case "JS.Error":
                throw new InvalidDataException(Encoding.UTF8.GetString(reader.Text()));
            default:
                return [];
        }
    }

    // Every call of a script has been done, and a list that wants to know what of it is seen is told: its beginning.
    List<byte[]> Script(long handle, string identifier, string arguments)
    {
        List<byte[]> answers = [];
        if (handle != 0)
            answers.Add(PackWriter.Call(null, "EndInvokeJSFromDotNet", handle, true,
                string.Create(CultureInfo.InvariantCulture, $"[{handle},true,null]")));
        if (identifier.EndsWith("Virtualize.init", StringComparison.Ordinal) && DotNetObject().Match(arguments) is { Success: true } list)
            answers.Add(PackWriter.Call(null, "BeginInvokeDotNetFromJS", string.Create(CultureInfo.InvariantCulture, $"{++_calls}"), null,
                "OnSpacerBeforeVisible", long.Parse(list.Groups[1].Value, CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"[0,0,{Height}]")));
        return answers;
    }

    async Task Send(byte[] message, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, true, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    [GeneratedRegex("""<!--Blazor:(\{"type":"server".*?\})-->""", RegexOptions.Singleline)]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^>]*?)-->")]
    private static partial Regex State();

    [GeneratedRegex("\"__dotNetObject\":([0-9]+)")]
    private static partial Regex DotNetObject();
}
