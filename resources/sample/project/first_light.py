"""Multiplies two matrices and says where."""
import torch


def main():
    device = "cuda" if torch.cuda.is_available() else "cpu"
    left = torch.full((4, 4), 2.0).to(device)
    right = torch.eye(4).to(device)
    print("torch", torch.__version__, "on", device, "gives", (left @ right).sum().item())


if __name__ == "__main__":
    main()
