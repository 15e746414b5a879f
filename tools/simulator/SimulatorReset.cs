using Sigma.Simulator.ChatPro;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Received;
using Sigma.Simulator.Scenarios;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator;

internal sealed class SimulatorReset(
    SegwareStore store, ChatProPhone phone, IEnumerable<IVendor> vendors, FaultBoard faults, ReceivedLog received, ScenarioPlayer player)
{
    public void Run()
    {
        faults.Clear();
        received.Clear();
        phone.Clear();
        foreach (var vendor in vendors)
        {
            vendor.Clear();
        }

        store.Clear();
        player.Restart();
    }
}
