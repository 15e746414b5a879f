using System.Collections.Concurrent;

namespace Sigma.Simulator.ChatPro;

/// <summary>The phone behind the ChatPro instance.</summary>
public sealed class ChatProPhone
{
    private readonly ConcurrentDictionary<string, bool> _missing = new();
    private volatile bool _connected = true;

    /// <summary>What GET status answers. What becomes of messages while it is not connected is a switch.</summary>
    public bool Connected
    {
        get => _connected;
        set => _connected = value;
    }

    /// <summary>Takes a number or JID off WhatsApp, or puts it back.</summary>
    public void SetNotOnWhatsApp(string number, bool missing = true)
    {
        if (missing)
        {
            _missing[number] = true;
        }
        else
        {
            _missing.TryRemove(number, out _);
        }
    }

    internal bool IsOnWhatsApp(string number) => !_missing.ContainsKey(number);

    internal void Clear()
    {
        _missing.Clear();
        Connected = true;
    }
}
